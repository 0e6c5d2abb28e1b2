import { Hono } from 'hono'
import type { Bindings, Program } from './site.ts'

/**
 * `/healthz`: the process lives. `/readyz`: it can answer pages, because the database answers; beside that it tells when no jobs
 * are done, which another process may have to answer for. Whatever host they are asked by.
 */
export function healthRoutes({ database, findStandstill, log, now }: Program): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const begun = now()
  let wasStanding = false
  routes.get('/healthz', (c) => c.text('ok'))
  routes.get('/readyz', async (c) => {
    const found = await database
      .transaction((tx) => findStandstill(tx, { now: now(), begun }))
      .then(
        (since) => ({ since }),
        () => undefined,
      )
    if (!found) return c.text('not ready', 503)
    const { since } = found
    if (since && !wasStanding) log.error({ since }, 'no job is done any longer')
    wasStanding = since !== undefined
    return c.text(since ? `ready, but no job has been done since ${since.toISOString()}` : 'ready')
  })
  return routes
}
