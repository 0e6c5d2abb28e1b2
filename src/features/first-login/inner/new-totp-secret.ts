import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'
import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'

/** 160 random bits in Base32, as RFC 4226 recommends (4, R6); sealed as in the credential, where the last step moves it. */
export function newTotpSecret({ secrets }: Visitor, { userId }: FirstLogin): Buffer {
  return secrets.seal(`totp ${userId}`, Secret.fromHex(randomBytes(20).toString('hex')).base32)
}
