import { paths } from './paths.ts'

const patterns = Object.values(paths).map((pathname) => new URLPattern({ pathname }))

/**
 * The address if it is a path of this very site, and nothing if it could lead elsewhere: where it is safe to send somebody.
 * Only what a browser would understand in the same way is accepted.
 */
export function ownPath(address: string): string | undefined {
  const base = 'https://portal.invalid'
  if (!/^\/(?![/\\])[\w\-./?=&%~]*$/.test(address) || !URL.canParse(address, base)) return undefined
  const { origin, pathname, search } = new URL(address, base)
  return origin === base && patterns.some((pattern) => pattern.test({ pathname })) ? pathname + search : undefined
}
