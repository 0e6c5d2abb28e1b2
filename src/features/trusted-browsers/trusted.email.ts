import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { days } from '#platform/time/duration.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { trustLasts, trustSlides } from './rule.ts'

const [slides, lasts] = [trustSlides / days, trustLasts / days]

const words = {
  subject: {
    ja: 'ビジネスポータル 第2認証スキップのお知らせ',
    en: 'Business Portal: the second step is skipped in a browser',
  },
  unknown: { ja: '不明', en: 'unknown' },
  text: {
    ja: ({
      at,
      ip,
      browser,
    }: Lines) => `次のブラウザでは、${slides}日間（ログインするたびに延長、最長${lasts}日）、第二認証を省略してログインできるようになりました。

ブラウザ：${browser}
接続元：${ip}
日時：${at}

お心当たりがない場合は、プロフィールの「スキップ中のブラウザ」で解除し、第1パスワードを変更してください。

${mailLabels.sendOnly.ja}
`,
    en: ({
      at,
      ip,
      browser,
    }: Lines) => `In this browser you can now log in without the second step, for ${slides} days after each login and for ${lasts} days at most.

Browser: ${browser}
From: ${ip}
When: ${at}

If this was not you, end it in your profile under “Browsers that skip the second step”, and change your password.

${mailLabels.sendOnly.en}
`,
  },
}

type Lines = Record<'at' | 'ip' | 'browser', string>

interface Trusted {
  at: Date
  timeZone: string
  ip: string
  /** Empty: not known. */
  browser: string
}

/** Tells a user that a browser is trusted from now on. */
export function trustedEmail(language: Language, { at, timeZone, ip, browser }: Trusted): Email {
  const { subject, text, unknown } = inLanguage(words, language)
  return { subject, text: text({ at: momentInMail(at, timeZone, language), ip, browser: browser || unknown }) }
}
