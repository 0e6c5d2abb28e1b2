import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Said {
  url: string
  until: string
}

const words = {
  subject: {
    ja: 'ビジネスポータル メールアドレスの確認',
    en: 'Business Portal: confirm your email address',
  },
  text: {
    ja: ({
      url,
      until,
    }: Said) => `御社のポータル管理者が、ビジネスポータルでのあなたのメールアドレスを、このアドレスに変更しました。
次のURLを開いて、メールアドレスを確認してください。確認が終わると、このアドレスがユーザIDになります。

■メールアドレス確認URL
${url}
${mailLabels.validUntil.ja}${until}

確認するまでは、これまでのメールアドレスでログインします。
お心当たりがない場合は、このメールを削除してください。

${mailLabels.sendOnly.ja}
`,
    en: ({
      url,
      until,
    }: Said) => `A portal administrator of your company has changed your email address in the Business Portal to this one.
Open this URL to confirm it. From then on it is your user ID.

Confirm your email address
${url}
${mailLabels.validUntil.en}${until}

Until then you log in with your former address.
If you do not know what this is about, delete this mail.

${mailLabels.sendOnly.en}
`,
  },
}

/** Asks at a new address whether its reader is the user. Nobody has confirmed the address, so the mail has no name that a customer typed. */
export function confirmMailEmail(
  language: Language,
  { expiresAt, timeZone, ...said }: Omit<Said, 'until'> & { expiresAt: Date; timeZone: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text({ ...said, until: momentInMail(expiresAt, timeZone, language) }) }
}
