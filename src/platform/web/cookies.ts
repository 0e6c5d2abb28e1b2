import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { seconds } from '../time/duration.ts'
import type { Cookie } from './page.ts'

// Only this very host can set a cookie of this prefix (RFC 6265bis, 4.1.3.2). Ports share a cookie jar, so every
// site has its own names.
const nameOf = (site: string, name: string): string => `__Host-${site}-${name}`

/** The cookies of this site by their short names. */
export function readCookies(c: Context, site: string): Record<string, string> {
  const prefix = nameOf(site, '')
  const own = Object.entries(getCookie(c)).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]))
}

export function writeCookies(c: Context, site: string, cookies: readonly Cookie[]): void {
  for (const { name, value, lastsMs } of cookies) {
    setCookie(c, nameOf(site, name), value ?? '', {
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
      ...(value === null ? { maxAge: 0 } : lastsMs && { maxAge: Math.floor(lastsMs / seconds) }),
    })
  }
}
