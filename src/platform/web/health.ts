import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Bindings, Program } from './site.ts'

/** `/healthz`: the process lives. `/readyz`: it can work, because the database answers. Whatever host they are asked by. */
export function healthRoutes({ database }: Program): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  routes.get('/healthz', (c) => c.text('ok'))
  routes.get('/readyz', async (c) => {
    const isReady = await database
      .transaction((tx) => sql`select 1`.execute(tx))
      .then(
        () => true,
        () => false,
      )
    return isReady ? c.text('ready') : c.text('not ready', 503)
  })
  return routes
}
