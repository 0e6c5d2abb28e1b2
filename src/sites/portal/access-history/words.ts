import { administratorLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { AccessEvent, AccessFactor, AccessReason, AccessResult } from '#features/access-history/events.ts'
import { mostFailures } from '#features/sign-in/lock-rule.ts'
import type { Language, Phrase } from '#platform/words.ts'

export const accessHistoryTitle: Phrase = administratorLabels.accessHistory

export const accessLabels = {
  at: { ja: '日時', en: 'Time' },
  user: { ja: 'ユーザー', en: 'User' },
  event: { ja: '種別', en: 'Event' },
  result: { ja: '結果', en: 'Result' },
  secondFactor: { ja: '第2認証方式', en: 'Second factor' },
  ip: { ja: 'IPアドレス', en: 'IP address' },
  browser: { ja: 'ブラウザ', en: 'Browser' },
} satisfies Record<string, Phrase>

export const eventWords: Record<AccessEvent, Phrase> = {
  'sign-in': { ja: 'ログイン', en: 'Login' },
  'sign-out': { ja: 'ログアウト', en: 'Logout' },
  'timed-out': { ja: 'タイムアウト', en: 'Timeout' },
  failed: { ja: '失敗', en: 'Failure' },
  locked: { ja: 'ロック', en: 'Lock' },
  unlocked: { ja: '解除', en: 'Unlocked' },
  'second-step-skipped': { ja: '第2認証スキップ', en: 'Second step skipped' },
  'settings-opened': { ja: 'Web設定変更サイトへの移動', en: 'Opened the settings site' },
}

export const resultWords: Record<AccessResult, Phrase> = {
  success: { ja: '成功', en: 'Success' },
  failure: { ja: '失敗', en: 'Failure' },
}

export const factorWords: Record<AccessFactor, Phrase> = {
  totp: userLabels.totp,
  'mail-otp': userLabels.mailOtp,
  'recovery-code': { ja: 'リカバリーコード', en: 'Recovery code' },
}

const reasonWords: Record<AccessReason, Phrase> = {
  'wrong-password': { ja: 'パスワードの誤り', en: 'wrong password' },
  'wrong-code': { ja: '認証コードの誤り', en: 'wrong code' },
  'wrong-identity': { ja: '本人確認の誤り', en: 'wrong identity' },
  locked: { ja: 'ロック中', en: 'locked' },
  'not-active': { ja: '有効でないユーザー', en: 'user not active' },
  'too-many-codes': { ja: '認証コードの回数超過', en: 'too many codes' },
  'code-expired': { ja: '認証コードの期限切れ', en: 'code expired' },
  'ended-elsewhere': { ja: 'ほかのブラウザから', en: 'from another browser' },
  'password-changed': { ja: 'パスワードの変更', en: 'password changed' },
  replaced: { ja: '同じブラウザでの再ログイン', en: 'logged in anew in the same browser' },
  'address-refused': { ja: 'アクセス制限', en: 'address not allowed' },
  'ended-by-administrator': { ja: '強制ログアウト', en: 'by an administrator' },
  'period-over': { ja: '利用期間外', en: 'outside the period of use' },
}

const lockReason: Phrase = { ja: `${mostFailures}回連続`, en: `${mostFailures} failures in a row` }

/** What is added to the event; empty: there is no more to say. */
export function reasonWord(
  { event, reason }: { event?: AccessEvent; reason: string | null },
  language: Language,
): string {
  if (event === 'locked') return lockReason[language]
  // A code of another version is shown as it is.
  const known = Object.entries(reasonWords).find(([code]) => code === reason)
  return known ? known[1][language] : (reason ?? '')
}
