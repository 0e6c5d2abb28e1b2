import type { AccessEvent, AccessReason } from '#features/access-history/events.ts'
import type { Phrase } from '#platform/words.ts'

export const eventWords: Record<AccessEvent, Phrase> = {
  'sign-in': { ja: 'ログイン', en: 'Login' },
  'sign-out': { ja: 'ログアウト', en: 'Logout' },
  'timed-out': { ja: 'タイムアウト', en: 'Timeout' },
  failed: { ja: '失敗', en: 'Failure' },
  locked: { ja: 'ロック', en: 'Lock' },
  unlocked: { ja: '解除', en: 'Unlocked' },
  'second-step-skipped': { ja: '第2認証スキップ', en: 'Second step skipped' },
  'viewing-begun': { ja: '通信事業者による画面確認の開始', en: 'The operator began to look' },
  'viewing-ended': { ja: '通信事業者による画面確認の終了', en: 'The operator ended looking' },
  'settings-opened': { ja: 'Web設定変更サイトへの移動', en: 'Opened the settings site' },
}

export const reasonWords: Record<AccessReason, Phrase> = {
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
  'ended-by-operator': { ja: '通信事業者による強制ログアウト', en: 'by the operator' },
  'ended-by-administrator': { ja: '強制ログアウト', en: 'by an administrator' },
  'period-over': { ja: '利用期間外', en: 'outside the period of use' },
}
