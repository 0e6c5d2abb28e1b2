import { pagePaths } from './paths.ts'

const pages = Object.values(pagePaths).map((pathname) => new URLPattern({ pathname }))

/** A path of plain characters that does not begin like a host, and a query (RFC 3986, 3.4). */
const plain = /^\/(?![/\\])[\w\-./%~]*(?:\?(?:[\w\-.~!$&'()*+,;=:@/?]|%[\dA-Fa-f]{2})*)?$/

/**
 * The address if it is one of this very site's pages, and nothing if it could lead elsewhere: where it is safe to send
 * somebody. Only what a browser would understand in the same way is accepted.
 */
export function ownPath(address: string): string | undefined {
  const base = 'https://portal.invalid'
  if (!plain.test(address) || !URL.canParse(address, base)) return undefined
  const { origin, pathname, search } = new URL(address, base)
  return origin === base && pages.some((page) => page.test({ pathname })) ? pathname + search : undefined
}
