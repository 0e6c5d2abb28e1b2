import { test as isCommon } from 'fxa-common-password-list'

export type PasswordProblem = 'too-short' | 'too-long' | 'common' | 'like-own-name'

const shortest = 10
const longest = 128

/**
 * What is wrong with a new password: its length in characters, a place among the commonly used ones
 * (fxa-common-password-list), or the user's own mail address or name. No rule about kinds of characters (NIST SP 800-63B).
 */
export function findPasswordProblem(
  password: string,
  own: { mail: string; name: string },
): PasswordProblem | undefined {
  // Code points, as NIST SP 800-63B counts them.
  const { length } = Array.from(password)
  if (length < shortest) return 'too-short'
  if (length > longest) return 'too-long'
  const folded = fold(password)
  if (isCommon(folded)) return 'common'
  const [account = ''] = own.mail.split('@')
  const names = [own.mail, account, own.name].map(fold).filter(({ length: letters }) => letters >= 3)
  // A name with a few characters around it is still that name.
  return names.some((name) => folded.includes(name) && folded.length - name.length < 6) ? 'like-own-name' : undefined
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
}
