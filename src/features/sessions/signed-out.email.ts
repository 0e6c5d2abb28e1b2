import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: { ja: 'ビジネスポータル 強制ログアウトのお知らせ', en: 'Business Portal: you were logged out' },
  text: {
    ja: (
      by: string,
      at: string,
    ) => `ビジネスポータルにログイン中のブラウザが、ポータル管理者の操作によりログアウトされました。
続けて利用するには、もう一度ログインしてください。

操作した方：${by}
日時：${at}

お心当たりがない場合は、御社のポータル管理者にご確認ください。

${mailLabels.sendOnly.ja}
`,
    en: (
      by: string,
      at: string,
    ) => `A portal administrator of your company has ended logins of yours to the Business Portal.
To go on, log in again.

By: ${by}
When: ${at}

If you did not expect this, ask the portal administrators of your company.

${mailLabels.sendOnly.en}
`,
  },
}

interface SignedOut {
  /** The administrator's name. */
  by: string
  at: Date
  timeZone: string
}

/** Tells a user that an administrator has ended logins of theirs. */
export function signedOutEmail(language: Language, { by, at, timeZone }: SignedOut): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text(by, momentInMail(at, timeZone, language)) }
}
