import type { StaffRole } from '#features/house.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import type { Language, Phrase } from '#platform/words.ts'

/** What a member may do, by the role. */
export const roleWords: Record<StaffRole, Phrase> = {
  support: { ja: 'サポート', en: 'Support' },
  content: { ja: 'コンテンツ', en: 'Content' },
  provisioning: { ja: '開通・契約', en: 'Provisioning' },
  security: { ja: 'セキュリティ', en: 'Security' },
}

export const roleHints: Record<StaffRole, Phrase> = {
  support: {
    ja: 'お問い合わせへの返答、ユーザーのロック解除、お客様画面の確認',
    en: 'Answers inquiries, unlocks users, looks at customers’ screens',
  },
  content: { ja: 'お知らせ、障害・工事、メンテナンス', en: 'Notices, faults and works, maintenance' },
  provisioning: { ja: '申請、お申し込み、取り込み', en: 'Requests, orders, imports' },
  security: { ja: '担当者、二人目の承認、履歴', en: 'Staff, second yes, histories' },
}

const reads: Phrase = { ja: '閲覧のみ', en: 'Reads only' }

export function rolesInWords(roles: readonly StaffRole[], language: Language): string {
  return roles.length === 0
    ? reads[language]
    : formatList(
        roles.map((role) => roleWords[role][language]),
        language,
      )
}
