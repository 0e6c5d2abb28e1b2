import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { withoutUnseen } from '#platform/folding.ts'
import type { Secrets } from '#platform/security/secrets.ts'

/** A login ID as people type it, or copy it out of a mail: 「mailto:taro@example.co.jp」, 「山田 太郎 <taro@example.co.jp>」. */
export const typedLoginId: z.ZodType<string, string> = z.string().trim().min(1).max(254).transform(loginIdIn)

/** The mail address in what was typed, or copied out of a mail; without what nobody sees, in half width. */
export function loginIdIn(typed: string): string {
  const text = withoutUnseen(typed).normalize('NFKC').trim()
  const [, mail = text] = /<([^<>]+)>$/.exec(text) ?? []
  return withAsciiDomain(mail.trim().replace(/^mailto:/i, ''))
}

/** The mail address with its domain as DNS has it (RFC 5891): 日本語.example is xn--wgv71a119e.example. */
function withAsciiDomain(mail: string): string {
  const at = mail.lastIndexOf('@') + 1
  const domain = mail.slice(at)
  // What is no domain becomes nothing, and stays as it was written.
  return /\P{ASCII}/u.test(domain) ? mail.slice(0, at) + (domainToASCII(domain) || domain) : mail
}

/** Folds as `fold_text` in the database does, but for a few letters (İ). What that has folded stays as it is. */
export function foldLoginId(typed: string): string {
  return withAsciiDomain(typed.normalize('NFKC').trim().toLowerCase())
}

/**
 * The key under which failures of a login ID are counted, whether anybody has it or not. Those in the console are counted apart, so
 * that whoever guesses at the portal locks no member of staff out.
 */
export function loginHash(secrets: Secrets, loginId: string, { ofStaff = false } = {}): Buffer {
  return secrets.keyedHash(ofStaff ? 'login of staff' : 'login', foldLoginId(loginId))
}
