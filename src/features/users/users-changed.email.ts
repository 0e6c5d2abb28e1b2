import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { changes, type UserChange } from './user-changed.email.ts'

interface Lines {
  users: string
  count: number
  what: string
  by: string
  at: string
}

const words = {
  subject: { ja: 'ビジネスポータル ユーザー変更のお知らせ', en: 'Business Portal: users were changed' },
  text: {
    ja: ({ users, count, what, by, at }: Lines) => `ビジネスポータルの次のユーザー（${count}名）に変更がありました。

${users}

${what}

変更した方：${by}
日時：${at}

お心当たりがない場合は、すぐに御社のほかのポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ users, count, what, by, at }: Lines) => `These users of the Business Portal were changed (${count}).

${users}

${what}

Changed by: ${by}
When: ${at}

If you did not expect this, tell another portal administrator of your company at once.

${mailLabels.sendOnly.en}
`,
  },
}

interface UsersChanged {
  users: readonly { name: string; mail: string }[]
  /** What was done with each. */
  told: UserChange
  by: string
  at: Date
  timeZone: string
}

/** Tells an administrator what was done with several users at once. */
export function usersChangedEmail(language: Language, { users, told, by, at, timeZone }: UsersChanged): Email {
  const { subject, text } = inLanguage(words, language)
  const mark = language === 'ja' ? '・' : '- '
  const lines = users.map(({ name, mail }) => `${mark}${name} <${mail}>`).join('\n')
  const facts = { users: lines, count: users.length, what: changes[told][language], by }
  return { subject, text: text({ ...facts, at: momentInMail(at, timeZone, language) }) }
}
