import { type AnyPath, patternOf } from './paths.ts'

/** A path of plain characters that does not begin like a host, and a query (RFC 3986, 3.4). */
const plain = /^\/(?![/\\])[\w\-./%~]*(?:\?(?:[\w\-.~!$&'()*+,;=:@/?]|%[\dA-Fa-f]{2})*)?$/

/**
 * Makes the judge of addresses of one site: it answers the address if it is one of these pages, and nothing if it could lead
 * elsewhere; so it says where it is safe to send somebody. Only what a browser would understand in the same way is accepted.
 */
export function ownPathIn(paths: Readonly<Record<string, AnyPath>>): (address: string) => string | undefined {
  const pages = Object.values(paths).map((path) => new URLPattern({ pathname: patternOf(path) }))
  return (address) => {
    const base = 'https://site.invalid'
    if (!plain.test(address) || !URL.canParse(address, base)) return undefined
    const { origin, pathname, search } = new URL(address, base)
    return origin === base && pages.some((page) => page.test({ pathname })) ? pathname + search : undefined
  }
}
