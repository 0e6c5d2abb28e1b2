import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Facts {
  sentAt: Date
  expiresAt: Date
  timeZone: string
  reissueUrl: string
}

const words = {
  subject: {
    ja: 'ビジネスポータル パスワード登録の期限のお知らせ',
    en: 'Business Portal: your registration ends soon',
  },
  text: {
    ja: (sentAt: string, until: string, reissueUrl: string) => `ビジネスポータルのパスワードが、まだ登録されていません。
次の日時にお送りした《${mailLabels.openingNotice.ja}》のメールを開き、「${mailLabels.passwordUrl.ja}」から登録してください。

送信日時：${sentAt}
${mailLabels.validUntil.ja}${until}

メールが見つからないときや、有効期限を過ぎたときは、新しいURLをご自身で発行できます。
■${mailLabels.resetPassword.ja}
${reissueUrl}

${mailLabels.sendOnly.ja}
`,
    en: (
      sentAt: string,
      until: string,
      reissueUrl: string,
    ) => `You have not set your password for the Business Portal yet.
Open the mail “${mailLabels.openingNotice.en}” that was sent to you and use the “${mailLabels.passwordUrl.en}” in it.

Sent: ${sentAt}
${mailLabels.validUntil.en}${until}

If you cannot find the mail, or after that time, you can get a new URL by yourself.
${mailLabels.resetPassword.en}
${reissueUrl}

${mailLabels.sendOnly.en}
`,
  },
}

/** Reminds a user before the first URL expires. The URL cannot be told again: only the mail that brought it has it. */
export function reminderEmail(language: Language, { sentAt, expiresAt, timeZone, reissueUrl }: Facts): Email {
  const { subject, text } = inLanguage(words, language)
  const moment = (at: Date): string => momentInMail(at, timeZone, language)
  return { subject, text: text(moment(sentAt), moment(expiresAt), reissueUrl) }
}
