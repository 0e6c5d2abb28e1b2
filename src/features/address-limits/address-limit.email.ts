import type { ChangeAction } from '#features/change-history/actions.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  subject: {
    ja: 'ビジネスポータル アクセス制限設定変更のお知らせ',
    en: 'Business Portal: the access restriction was changed',
  },
  'address-limit-trial-begun': {
    ja: 'IPアドレスによる制限の変更が、試行として適用されました。',
    en: 'A change of the restriction by IP address is in force on trial.',
  },
  'address-limit-confirmed': {
    ja: 'IPアドレスによる制限の変更が、確定されました。',
    en: 'A change of the restriction by IP address was confirmed.',
  },
  'address-limit-reverted': {
    ja: '試行中だったIPアドレスによる制限の変更が、元に戻されました。',
    en: 'A change of the restriction by IP address that was on trial was undone.',
  },
  'address-limit-fell-back': {
    ja: '試行中だったIPアドレスによる制限の変更は、10分以内に確定されなかったため、元の設定に戻りました。',
    en: 'A change of the restriction by IP address that was on trial was not confirmed within ten minutes, so the former settings apply again.',
  },
  'address-limit-lifted': {
    ja: 'IPアドレスによる制限が、通信事業者により解除されました。すべてのユーザーが、どのIPアドレスからも利用できます。',
    en: 'The restriction by IP address was lifted by the operator. All users can use the portal from any address.',
  },
  until: {
    ja: (until: string) => `\n${until}までに確定されないときは、元の設定に戻ります。\n`,
    en: (until: string) => `\nUnless it is confirmed before ${until}, the former settings apply again.\n`,
  },
  operator: { ja: '通信事業者', en: 'The operator' },
  text: {
    ja: ({ what, until, by, at }: Lines) => `${what}
${until}
変更した方：${by}
日時：${at}

お心当たりがない場合は、変更した方にご確認ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ what, until, by, at }: Lines) => `${what}
${until}
Changed by: ${by}
When: ${at}

If you did not expect this, ask whoever changed it.

${mailLabels.sendOnly.en}
`,
  },
}

/** What can become of the rules. */
export type LimitAction = Extract<ChangeAction, `address-limit-${string}`>

type Lines = Record<'what' | 'until' | 'by' | 'at', string>

interface LimitChanged {
  action: LimitAction
  until: Date | undefined
  /** Empty: the operator. */
  by: string
  at: Date
  timeZone: string
}

/** Tells an administrator what became of the rules. */
export function addressLimitEmail(language: Language, { action, until, by, at, timeZone }: LimitChanged): Email {
  const text = inLanguage(words, language)
  const moment = (each: Date): string => momentInMail(each, timeZone, language)
  return {
    subject: text.subject,
    text: text.text({
      what: text[action],
      until: until ? text.until(moment(until)) : '',
      by: by || text.operator,
      at: moment(at),
    }),
  }
}
