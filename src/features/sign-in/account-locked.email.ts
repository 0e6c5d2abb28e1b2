import type { Email } from '#features/mails/sealed.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: {
    ja: 'ビジネスポータル ログインの一時停止のお知らせ',
    en: 'Business Portal: login stopped for a while',
  },
  text: {
    ja: (until: string, ip: string) => `ログインの失敗が続いたため、失敗したブラウザからのログインを一時停止しました。

停止の期限：${until}
最後に試した接続元：${ip}

これまでにログインしたことのあるほかのブラウザからは、引き続きログインできます。
お心当たりがない場合は、御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: (
      until: string,
      ip: string,
    ) => `Because logins with your user ID failed several times in a row, the browser they came from cannot log in for a while.

Until: ${until}
Last tried from: ${ip}

Other browsers that you have logged in with before can still log in.
If this was not you, tell your portal administrator.

${mailLabels.sendOnly.en}
`,
  },
}

/** Tells a user that the login ID was locked. */
export function accountLockedEmail(
  language: Language,
  { until, timeZone, ip }: { until: Date; timeZone: string; ip: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text(momentInMail(until, timeZone, language), ip) }
}
