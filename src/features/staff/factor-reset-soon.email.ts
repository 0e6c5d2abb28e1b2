import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: {
    ja: 'ビジネスポータル 第2段階認証のリセットの予告',
    en: 'Business Portal: a second step is going to be reset',
  },
  text: {
    ja: (
      at: string,
      signInUrl: string,
    ) => `御社のただ一人のポータル管理者について、第2段階認証をリセットする依頼を弊社で受け付けました。
次の日時に、第1パスワードと第2段階認証を無効にし、設定し直すためのURLを、そのユーザーのメールアドレスに送信します。

予定日時：${at}

お心当たりがない場合は、それまでに、そのユーザーでビジネスポータルにログインしてください。ログインすると、リセットは行われません。
${signInUrl}

ログインできない場合は、弊社の窓口にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: (
      at: string,
      signInUrl: string,
    ) => `We were asked to reset the second step of the only portal administrator of your company.
At this time password and second step become void, and a URL to set them up again is mailed to that user's address.

When: ${at}

If you did not expect this, log in as that user before then: a login stops it.
${signInUrl}

If you cannot log in, tell our contact window.

${mailLabels.sendOnly.en}
`,
  },
}

/** Says a day before what will be done to the only administrator; with no word that a customer typed. */
export function factorResetSoonEmail(
  language: Language,
  { at, timeZone, signInUrl }: { at: Date; timeZone: string; signInUrl: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text(momentInMail(at, timeZone, language), signInUrl) }
}
