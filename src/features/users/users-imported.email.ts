import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Lines {
  counts: string
  by: string
  at: string
}

const words = {
  subject: {
    ja: 'ビジネスポータル ユーザー一括登録のお知らせ',
    en: 'Business Portal: users were registered from a file',
  },
  counts: {
    ja: (added: number, changed: number, administrators: number) =>
      `追加：${added}名\n変更：${changed}名\nうち「ポータル管理者」になった方：${administrators}名`,
    en: (added: number, changed: number, administrators: number) =>
      `Added: ${added}\nChanged: ${changed}\nPortal administrators among them: ${administrators}`,
  },
  text: {
    ja: ({ counts, by, at }: Lines) => `ビジネスポータルのユーザーがCSVで一括登録されました。

${counts}

登録した方：${by}
日時：${at}

内容は、ビジネスポータルの「変更履歴」で確認できます。
お心当たりがない場合は、すぐに御社のほかのポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ counts, by, at }: Lines) => `Users of the Business Portal were registered from a CSV file.

${counts}

By: ${by}
When: ${at}

The change history of the portal tells all of it.
If you did not expect this, tell another portal administrator of your company at once.

${mailLabels.sendOnly.en}
`,
  },
}

export interface UsersImported {
  added: number
  changed: number
  /** Who has that role now, and had not before. */
  administrators: number
  by: string
  at: Date
  timeZone: string
}

/** Tells an administrator that users came from a file. */
export function usersImportedEmail(
  language: Language,
  { added, changed, administrators, by, at, timeZone }: UsersImported,
): Email {
  const text = inLanguage(words, language)
  const counts = text.counts(added, changed, administrators)
  return { subject: text.subject, text: text.text({ counts, by, at: momentInMail(at, timeZone, language) }) }
}
