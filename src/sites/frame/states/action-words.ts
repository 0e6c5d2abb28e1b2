import type { ChangeAction } from '#features/change-history/actions.ts'
import type { Language, Phrase } from '#platform/words.ts'

const actionWords: Record<ChangeAction, Phrase> = {
  'contract-memo-changed': { ja: 'メモの変更', en: 'Memo changed' },
  'contract-moved-away': { ja: '別のお客様への名義変更', en: 'Moved to another customer' },
  'contract-moved-here': { ja: '別のお客様からの名義変更', en: 'Moved here from another customer' },
  'display-changed': { ja: '表示設定の変更', en: 'Display changed' },
  'password-changed': { ja: 'パスワードの変更', en: 'Password changed' },
  'password-set-anew': { ja: 'パスワードの再設定', en: 'Password reset' },
  'recovery-codes-renewed': { ja: 'リカバリーコードの作成', en: 'Recovery codes made' },
  'user-registered': { ja: 'ユーザー登録の完了', en: 'User registered' },
  'user-added': { ja: 'ユーザーの追加', en: 'User added' },
  'user-changed': { ja: 'ユーザーの編集', en: 'User edited' },
  'users-imported': { ja: 'CSVで一括登録', en: 'Users registered from CSV' },
  'user-suspended': { ja: 'ユーザーの一時停止', en: 'User suspended' },
  'user-resumed': { ja: 'ユーザーの再開', en: 'User resumed' },
  'user-unlocked': { ja: 'ロックの解除', en: 'User unlocked' },
  'user-signed-out': { ja: '強制ログアウト', en: 'User logged out' },
  'user-deleted': { ja: 'ユーザーの削除', en: 'User deleted' },
  'second-factor-reset': { ja: '第2認証の再設定', en: 'Second factor reset' },
  'opening-notice-resent': { ja: '開通案内の再送', en: 'Opening notice sent again' },
  'mail-change-requested': { ja: 'メールアドレス変更の申請', en: 'New email address requested' },
  'mail-change-withdrawn': { ja: 'メールアドレス変更の取り消し', en: 'New email address withdrawn' },
  'mail-changed': { ja: 'メールアドレスの変更', en: 'Email address changed' },
  'user-group-added': { ja: 'ユーザーグループの追加', en: 'User group added' },
  'user-group-rights-copied': { ja: 'ユーザーグループの複製', en: 'User group duplicated' },
  'user-group-edited': { ja: 'ユーザーグループの編集', en: 'User group edited' },
  'user-group-deleted': { ja: 'ユーザーグループの削除', en: 'User group deleted' },
  'user-group-members-added': { ja: '所属するユーザーの追加', en: 'Members added' },
  'user-group-members-removed': { ja: '所属するユーザーの除外', en: 'Members taken out' },
  'user-group-rights-changed': { ja: '権限の変更', en: 'Rights changed' },
  'logo-set': { ja: 'コーポレートロゴの設定', en: 'Company logo set' },
  'logo-removed': { ja: 'コーポレートロゴの削除', en: 'Company logo deleted' },
  'line-settings-changed': { ja: '回線設定の変更', en: 'Line settings changed' },
  'membership-planned': { ja: '所属の予定の追加', en: 'Change of groups planned' },
  'membership-plan-cancelled': { ja: '所属の予定の取り消し', en: 'Planned change of groups cancelled' },
  'site-placed': { ja: '拠点の位置の設定', en: 'Place of a site set' },
  'browser-trust-changed': { ja: '2段階認証スキップの変更', en: 'Skipping of the second step changed' },
  'user-browser-trust-changed': {
    ja: 'ユーザーの2段階認証スキップの変更',
    en: 'Skipping of the second step changed, of a user',
  },
  'browser-trust-ended': { ja: 'スキップ中のブラウザの解除', en: 'Skipping of the second step ended in a browser' },
  'idle-time-changed': { ja: 'セッションタイムアウトの変更', en: 'Session timeout changed' },
  'user-idle-time-changed': { ja: 'ユーザーのタイムアウト時間の変更', en: 'Timeout of a user changed' },
  'address-limit-trial-begun': { ja: 'アクセス制限の試行開始', en: 'Access restriction on trial' },
  'address-limit-confirmed': { ja: 'アクセス制限の確定', en: 'Access restriction confirmed' },
  'address-limit-reverted': { ja: 'アクセス制限を元に戻す', en: 'Access restriction undone' },
  'address-limit-fell-back': { ja: 'アクセス制限の試行終了（自動）', en: 'Access restriction fell back' },
  'address-limit-lifted': { ja: 'アクセス制限の解除', en: 'Access restriction lifted' },
  'access-review-closed': { ja: '棚卸しの完了', en: 'Access review closed' },
  'outage-drafted': { ja: '障害・工事の下書き', en: 'Outage drafted' },
  'outage-edited': { ja: '障害・工事の編集', en: 'Outage edited' },
  'outage-affects-set': { ja: '影響範囲の変更', en: 'What it affects changed' },
  'outage-published': { ja: '障害・工事の公開', en: 'Outage published' },
  'outage-updated': { ja: '続報', en: 'Update on an outage' },
  'outage-ended': { ja: '障害・工事の終了', en: 'Outage ended' },
  'outage-withdrawn': { ja: '障害・工事の取り消し', en: 'Outage withdrawn' },
}

export function actionWord(action: string, language: Language): string {
  return isKnown(action) ? actionWords[action][language] : action
}

function isKnown(action: string): action is ChangeAction {
  return Object.hasOwn(actionWords, action)
}
