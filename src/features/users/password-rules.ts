import { readFileSync } from 'node:fs'
import { foldLoosely, isCloseTo } from '#platform/security/close-to.ts'

export type PasswordProblem = 'too-short' | 'too-long' | 'common' | 'like-own-name'

export const shortestPassword = 10
export const longestPassword = 128

/** One a line, folded; the top says whence. Looking through all of it takes less than a millisecond, so it needs no index. */
const commonPasswords = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')

/**
 * What is wrong with a new password: its length in characters, a place among the commonly used ones, or the user's own mail
 * address or name. No rule about kinds of characters (NIST SP 800-63B).
 */
export function findPasswordProblem(
  password: string,
  own: { mail: string; name: string },
): PasswordProblem | undefined {
  // Code points, as NIST SP 800-63B counts them.
  const { length } = Array.from(password)
  if (length < shortestPassword) return 'too-short'
  if (length > longestPassword) return 'too-long'
  const folded = foldLoosely(password)
  if (commonPasswords.includes(`\n${folded}\n`)) return 'common'
  return isCloseTo(folded, ownWords(own)) ? 'like-own-name' : undefined
}

/** What a password may not be close to, folded: the mail address, the part before its @, and the name. */
export function ownWords({ mail, name }: { mail: string; name: string }): string[] {
  const [account = ''] = mail.split('@')
  return [mail, account, name].map(foldLoosely)
}
