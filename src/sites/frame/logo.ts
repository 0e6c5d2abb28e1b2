import { Hono } from 'hono'
import type { Transaction } from '#platform/database/database.ts'
import type { Bindings, Program } from '#platform/web/site.ts'

interface Logo {
  type: string
  bytes: Uint8Array
}

/** Answers with the operator's logo. It may be an SVG, so it may do nothing but be looked at. */
export function logoRoute(
  path: string,
  { database }: Program,
  findLogo: (tx: Transaction) => Promise<Logo | undefined>,
): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  routes.get(path, async (c) => {
    const logo = await database.transaction((tx) => findLogo(tx))
    if (!logo) return c.body(null, 404)
    c.header('Content-Type', logo.type)
    c.header('Cache-Control', 'public, max-age=86400')
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    return c.body(new Uint8Array(logo.bytes))
  })
  return routes
}
