import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: { ja: 'ビジネスポータル 第1パスワード再設定のお知らせ', en: 'Business Portal: your password was set anew' },
  text: {
    ja: (at: string, ip: string) => `メールでお送りしたURLから、第1パスワードが再設定されました。

日時：${at}
接続元：${ip}

ログイン中のブラウザは、すべてログアウトされました。第2段階認証の設定は変わっていません。
お心当たりがない場合は、すぐに御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: (at: string, ip: string) => `The password of your user ID was set anew, by the URL that was mailed to you.

When: ${at}
From: ${ip}

All browsers have been logged out. Your second step is as it was.
If this was not you, tell your portal administrator at once.

${mailLabels.sendOnly.en}
`,
  },
}

/** Tells a user that the password was set anew by a mailed URL. */
export function passwordSetEmail(
  language: Language,
  { at, timeZone, ip }: { at: Date; timeZone: string; ip: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text(momentInMail(at, timeZone, language), ip) }
}
