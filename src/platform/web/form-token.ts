import type { Secrets } from '../secrets.ts'
import { sameBytes } from '../secrets.ts'

/**
 * The proof that a form was given to this browser in this session for this path. It dies with the cookie it is bound to.
 * Defence in depth behind the check of Origin and Sec-Fetch-Site (OWASP CSRF Prevention Cheat Sheet).
 */
export function formToken(secrets: Secrets, browserToken: string, path: string): string {
  return secrets.keyedHash('form', browserToken, path).toString('base64url')
}

/** Compares in constant time. */
export function isSameToken(given: string, expected: string): boolean {
  return sameBytes(Buffer.from(given), Buffer.from(expected))
}
