import { longestPassword, type PasswordProblem, shortestPassword } from '#features/users/password-rules.ts'
import type { Phrase } from '#platform/words.ts'

/** What is wrong with a new password, wherever it is chosen. */
export const passwordProblems: Record<PasswordProblem, Phrase> = {
  'too-short': {
    ja: `新しい第1パスワードは${shortestPassword}文字以上で入力してください。`,
    en: `The new first password needs at least ${shortestPassword} characters.`,
  },
  'too-long': {
    ja: `新しい第1パスワードは${longestPassword}文字以内で入力してください。`,
    en: `The new first password can have at most ${longestPassword} characters.`,
  },
  common: {
    ja: 'このパスワードは広く使われているため登録できません。別のパスワードを入力してください。',
    en: 'This password is commonly used. Enter another.',
  },
  'like-own-name': {
    ja: 'メールアドレスや名前に近いパスワードは登録できません。別のパスワードを入力してください。',
    en: 'This password is too close to your email address or name. Enter another.',
  },
}
