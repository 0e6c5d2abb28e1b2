import { hyphened } from '#features/inside-numbers/values.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: {
    ja: 'ビジネスポータル 新しい外線転送先のお知らせ',
    en: 'Business Portal: calls can be passed on to a new number',
  },
  text: {
    ja: ({ contract, numbers, by, at }: Lines) => `${contract}の電話を、次の外線の番号へ転送できるようになりました。

${numbers}

設定した方：${by}
日時：${at}

転送にかかる通話料は、お客様のご負担になります。
お心当たりがない場合は、Web設定変更サイトの「変更履歴」から元に戻し、設定した方にご確認ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ contract, numbers, by, at }: Lines) => `Calls of ${contract} can now be passed on to these numbers outside:

${numbers}

Set by: ${by}
When: ${at}

What calls cost that are passed on is yours to pay.
If you did not expect this, undo it in the change history of the settings site, and ask whoever set it.

${mailLabels.sendOnly.en}
`,
  },
}

type Lines = Record<'contract' | 'numbers' | 'by' | 'at', string>

interface TargetsAdded {
  /** Its number. */
  contract: string
  numbers: readonly string[]
  by: string
  at: Date
  timeZone: string
}

/** Tells an administrator to which numbers outside calls may be passed on from now on. */
export function outsideTargetEmail(language: Language, added: TargetsAdded): Email {
  const { contract, numbers, by, at, timeZone } = added
  const text = inLanguage(words, language)
  const lines = numbers.map((number) => hyphened(number)).join('\n')
  return {
    subject: text.subject,
    text: text.text({ contract, numbers: lines, by, at: momentInMail(at, timeZone, language) }),
  }
}
