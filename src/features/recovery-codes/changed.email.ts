import type { Email } from '#features/mails/sealed.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  renewedSubject: {
    ja: 'ビジネスポータル リカバリーコード作成のお知らせ',
    en: 'Business Portal: new recovery codes were made',
  },
  renewed: {
    ja: 'リカバリーコードが作り直されました。これまでのコードは使えません。',
    en: 'New recovery codes were made for your user ID. Older ones no longer work.',
  },
  usedSubject: {
    ja: 'ビジネスポータル リカバリーコード使用のお知らせ',
    en: 'Business Portal: a recovery code was used',
  },
  used: {
    ja: 'リカバリーコードを使ってログインしました。使ったコードは、もう一度使うことはできません。',
    en: 'Somebody logged in with one of your recovery codes. It cannot be used again.',
  },
  text: {
    ja: (what: string, at: string, ip: string) => `${what}

日時：${at}
接続元：${ip}

お心当たりがない場合は、第1パスワードを変更し、御社のポータル管理者にご連絡ください。

${mailLabels.sendOnly.ja}
`,
    en: (what: string, at: string, ip: string) => `${what}

When: ${at}
From: ${ip}

If this was not you, change your password and tell your portal administrator.

${mailLabels.sendOnly.en}
`,
  },
}

/** Tells a user that recovery codes were made anew, or that one was used. */
export function recoveryCodesEmail(
  language: Language,
  { event, at, timeZone, ip }: { event: 'renewed' | 'used'; at: Date; timeZone: string; ip: string },
): Email {
  const { text, ...said } = inLanguage(words, language)
  const subject = event === 'renewed' ? said.renewedSubject : said.usedSubject
  return { subject, text: text(said[event], momentInMail(at, timeZone, language), ip) }
}
