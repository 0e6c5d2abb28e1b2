import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Said {
  url: string
  until: string
}

const words = {
  registration: { ja: '担当者コンソール 登録のご案内', en: 'Staff console: set up your login' },
  'password-reset': { ja: '担当者コンソール パスワード再設定のご案内', en: 'Staff console: set a new password' },
  registrationText: {
    ja: 'あなたを担当者コンソールの担当者として登録しました。次のURLから、パスワードと認証アプリを設定してください。',
    en: 'You were registered as a member of staff. Set your password and your authenticator app at this URL.',
  },
  'password-resetText': {
    ja: '担当者コンソールのログイン画面から、パスワード再設定のお申し込みを受け付けました。次のURLから、新しいパスワードを登録してください。',
    en: 'Somebody asked for a new password on the login page of the staff console. Set it at this URL.',
  },
  rest: {
    ja: ({ url, until }: Said) => `■登録URL
${url}
${mailLabels.validUntil.ja}${until}

このURLから登録できるのは1回だけです。ほかの人に伝えないでください。
お心当たりがない場合は、セキュリティの担当者に知らせてください。

${mailLabels.sendOnly.ja}
`,
    en: ({ url, until }: Said) => `${url}
${mailLabels.validUntil.en}${until}

The URL works once. Give it to nobody.
If this was not you, tell those who are responsible for security.

${mailLabels.sendOnly.en}
`,
  },
}

interface Facts {
  purpose: 'registration' | 'password-reset'
  url: string
  expiresAt: Date
  timeZone: string
}

/** The URL by which a member of staff sets a password in the console. */
export function staffUrlEmail(language: Language, { purpose, url, expiresAt, timeZone }: Facts): Email {
  const text = inLanguage(words, language)
  const rest = text.rest({ url, until: momentInMail(expiresAt, timeZone, language) })
  return { subject: text[purpose], text: `${text[`${purpose}Text`]}\n\n${rest}` }
}
