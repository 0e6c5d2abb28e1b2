import type { MailState } from '#features/mails/causes.ts'
import type { Language, Phrase } from '#platform/words.ts'

/** How far a mail has come. */
export const mailStateWords: Record<MailState, Phrase> = {
  queued: { ja: '送信待ち', en: 'Waiting to be sent' },
  sent: { ja: '送信済み', en: 'Sent' },
  refused: { ja: '届きませんでした', en: 'Refused' },
  expired: { ja: '送信できませんでした', en: 'Given up' },
  kept: { ja: 'デモの受信箱', en: 'In the mailbox of the demo' },
}

const kinds: Readonly<Record<string, Phrase>> = {
  'factor-reset-soon': { ja: '第2段階認証のリセットの予告', en: 'Reset foretold' },
  'opening-notice': { ja: '開通案内', en: 'Opening notice' },
  'first-login-reminder': { ja: '登録のお知らせ', en: 'Reminder to register' },
  'password-url': { ja: 'パスワード再設定', en: 'Password reset' },
  'password-changed': { ja: 'パスワードの変更', en: 'Password changed' },
  'password-set': { ja: 'パスワードの設定', en: 'Password set' },
  'mail-code': { ja: '認証コード', en: 'Code' },
  'mail-confirmation': { ja: 'メールアドレスの確認', en: 'Confirmation of an address' },
  'account-locked': { ja: 'ロックのお知らせ', en: 'Locked' },
  'browser-trusted': { ja: '信頼したブラウザ', en: 'Trusted browser' },
  'recovery-code-used': { ja: 'リカバリーコードの使用', en: 'Recovery code used' },
  'recovery-codes-renewed': { ja: 'リカバリーコードの再発行', en: 'New recovery codes' },
  'signed-out': { ja: '強制ログアウト', en: 'Logged out' },
  'user-changed': { ja: 'ユーザーの変更', en: 'User changed' },
  'users-changed': { ja: 'ユーザーの一括変更', en: 'Users changed' },
  'users-imported': { ja: 'ユーザーの一括登録', en: 'Users imported' },
  'order-moved': { ja: '申込状況更新通知', en: 'Order update' },
  'request-to-approve': { ja: '申請の承認のお願い', en: 'Request to be approved' },
  'request-awaiting-approval': { ja: '申請の受付', en: 'Request awaiting approval' },
  'request-sent': { ja: '申込の受付', en: 'Request sent' },
  'request-approved': { ja: '申請の承認', en: 'Request approved' },
  'request-rejected': { ja: '申請の却下', en: 'Request rejected' },
  'request-returned': { ja: '申請の差し戻し', en: 'Request returned' },
  'request-accepted': { ja: '申請の受付完了', en: 'Request accepted' },
  'user-group-changed': { ja: 'ユーザーグループの変更', en: 'User group changed' },
  'incident-opened': { ja: '故障の発生', en: 'Fault' },
  'incident-update': { ja: '故障・工事の続報', en: 'Update on a fault or works' },
  'incident-ended': { ja: '故障の復旧', en: 'Fault repaired' },
  'incident-left': { ja: '故障・工事の対象外', en: 'No longer affected' },
  'incident-withdrawn': { ja: '故障の取り消し', en: 'Fault withdrawn' },
  'incident-announced': { ja: '工事の予定', en: 'Planned works' },
  'incident-moved': { ja: '工事の日時変更', en: 'Works moved' },
  'incident-tomorrow': { ja: 'まもなく工事', en: 'Works soon' },
  'incident-cancelled': { ja: '工事の中止', en: 'Works cancelled' },
  notice: { ja: 'お知らせ', en: 'News' },
  'ticket-received': { ja: 'お問い合わせの受付', en: 'Inquiry received' },
  'ticket-answered': { ja: 'お問い合わせへの返答', en: 'Inquiry answered' },
  'ticket-waiting': { ja: 'お問い合わせのご返答待ち', en: 'Inquiry awaits an answer' },
  'ticket-solved': { ja: 'お問い合わせの解決', en: 'Inquiry solved' },
  'ticket-closing': { ja: 'お問い合わせの完了予告', en: 'Inquiry about to close' },
}

/** Of a newer kind, which has no word yet, its code. */
export function mailKindWord(kind: string, language: Language): string {
  return kinds[kind]?.[language] ?? kind
}
