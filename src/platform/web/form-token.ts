import { randomBytes } from 'node:crypto'
import { type Secrets, sameBytes } from '../security/secrets.ts'

/**
 * The proof that a form was given to this browser in this session for this path. It dies with the cookie it is bound to.
 * Defence in depth behind the check of Origin and Sec-Fetch-Site (OWASP CSRF Prevention Cheat Sheet). Different each
 * time, so that the length of a compressed page tells nothing about it.
 */
export function formToken(secrets: Secrets, browserToken: string, path: string): string {
  return withSalt(randomBytes(12).toString('base64url'), { secrets, browserToken, path })
}

interface TokenBinding {
  secrets: Secrets
  browserToken: string
  path: string
}

/** Compares in constant time. */
export function isFormToken(given: string, bound: TokenBinding): boolean {
  const [salt = ''] = given.split('.')
  return sameBytes(Buffer.from(given), Buffer.from(withSalt(salt, bound)))
}

function withSalt(salt: string, { secrets, browserToken, path }: TokenBinding): string {
  return `${salt}.${secrets.keyedHash('form', salt, browserToken, path).toString('base64url')}`
}
