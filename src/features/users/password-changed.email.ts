import type { Email } from '#features/mails/sealed.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: { ja: 'ビジネスポータル 第1パスワード変更のお知らせ', en: 'Business Portal: your password was changed' },
  text: {
    ja: (at: string, ip: string) => `第1パスワードが変更されました。

日時：${at}
接続元：${ip}

このブラウザ以外でのログインは、すべて終了しました。
お心当たりがない場合は、すぐに御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: (at: string, ip: string) => `The password of your user ID was changed.

When: ${at}
From: ${ip}

All other browsers have been logged out.
If this was not you, tell your portal administrator at once.

${mailLabels.sendOnly.en}
`,
  },
}

/** Tells a user that the password was changed. */
export function passwordChangedEmail(
  language: Language,
  { at, timeZone, ip }: { at: Date; timeZone: string; ip: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text(momentInMail(at, timeZone, language), ip) }
}
