import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import type { Language } from '#platform/words.ts'

interface LateWordFacts {
  code: string
  title: string
  nextUpdateAt: Date
  timeZone: string
  url: string
}

/** To staff: customers wait for the word that they were promised. */
export function lateWordEmail(language: Language, { code, title, nextUpdateAt, timeZone, url }: LateWordFacts): Email {
  const at = momentInMail(nextUpdateAt, timeZone, language)
  const sendOnly = mailLabels.sendOnly[language]
  if (language === 'ja')
    return {
      subject: `【続報待ち】${title}（${code}）`,
      text: `次回のご案内の予定時刻を過ぎています。お客様の画面には「ご案内が遅れています」と表示されています。

■${title}
管理番号：${code}
次回のご案内 予定：${at}

■続報を書く
${url}

${sendOnly}
`,
    }
  return {
    subject: `[Update due] ${title} (${code})`,
    text: `The time for which you promised the next update has passed. Customers read that it is late.

■${title}
Reference: ${code}
Next update expected: ${at}

■Write an update
${url}

${sendOnly}
`,
  }
}
