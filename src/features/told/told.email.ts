import type { ToldText } from '#features/incidents/entry.ts'
import type { TellingKind } from '#features/incidents/tellings.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import type { Language } from '#platform/words.ts'
import type { ToldIncident } from './inner/subject.ts'

export interface ToldFacts {
  kind: TellingKind
  subject: Pick<
    ToldIncident,
    'code' | 'kind' | 'title' | 'startsAt' | 'endsAt' | 'expectedEndAt' | 'nextUpdateAt' | 'cause' | 'said'
  >
  /** The contracts of whoever reads it. */
  user: { numbers: readonly string[]; contracts: number }
  timeZone: string
  page: string
  /** Where one changes what one is told. */
  wishes: string
}

type Said = Record<Language, string>

const marks: Record<TellingKind, Said> = {
  opened: { ja: '故障発生', en: 'Fault' },
  update: { ja: '続報', en: 'Update' },
  ended: { ja: '復旧', en: 'Repaired' },
  left: { ja: '影響なし', en: 'No longer affected' },
  withdrawn: { ja: '取り消し', en: 'Withdrawn' },
  announced: { ja: '工事予定', en: 'Planned works' },
  moved: { ja: '日時変更', en: 'Date changed' },
  tomorrow: { ja: 'まもなく工事', en: 'Works soon' },
  cancelled: { ja: '工事中止', en: 'Works cancelled' },
}

const leads: Record<TellingKind, Said> = {
  opened: { ja: '次の故障が発生しています。', en: 'There is a fault.' },
  update: { ja: '状況をお知らせします。', en: 'Here is how it goes on.' },
  ended: { ja: '次の故障は復旧しました。', en: 'This fault has been repaired.' },
  left: {
    ja: '次のご契約は、以下の故障・工事の影響の対象ではなくなりました。このご契約についての今後のご案内はありません。',
    en: 'These contracts are no longer affected by what is named below, and you will not be told of it for them any more.',
  },
  withdrawn: {
    ja: '次のご案内を取り消します。ご契約に影響はありません。お騒がせして申し訳ございません。',
    en: 'This announcement is withdrawn: your contracts are not affected. We are sorry for the trouble.',
  },
  announced: { ja: '次の工事を予定しています。', en: 'These works are planned.' },
  moved: { ja: '工事の日時が変わりました。', en: 'The date of these works has changed.' },
  tomorrow: { ja: '次の工事が、24時間以内に始まります。', en: 'These works begin within 24 hours.' },
  cancelled: { ja: '次の工事は中止になりました。', en: 'These works will not take place.' },
}

const words = {
  code: { ja: '管理番号：', en: 'Reference: ' },
  contracts: { ja: 'ご契約番号：', en: 'Contracts: ' },
  began: { ja: '発生日時：', en: 'Began: ' },
  starts: { ja: '開始日時：', en: 'Starts: ' },
  ends: { ja: '終了日時：', en: 'Ends: ' },
  ended: { ja: '復旧日時：', en: 'Ended: ' },
  expected: { ja: '復旧見込み：', en: 'Expected to end: ' },
  next: { ja: '次回のご案内 予定：', en: 'Next update expected: ' },
  cause: { ja: '原因と対策', en: 'Cause and remedy' },
  page: { ja: '詳しい状況', en: 'Details' },
} satisfies Record<string, Said>

/** Stands in each mail that somebody wished for. */
export const wishesText: Said = {
  ja: 'このメールは、メール通知の設定によりお送りしています。変更・停止はこちらの画面で行えます。',
  en: 'You receive this mail because you asked for it. Change or end it here:',
}

/** What one mail about a fault or works says: all of it, for the portal may be what is down. */
export function toldEmail(language: Language, facts: ToldFacts): Email {
  const { kind, subject, page, wishes } = facts
  const say = (said: Said): string => said[language]
  const title = subject.title[language]
  const { said, cause } = subject
  const parts = [
    say(leads[kind]),
    [`■${title}`, ...linesOf(language, facts)].join('\n'),
    ...(said && (kind === 'ended' || !isOverBy(kind)) ? [textIn(said.text, language)] : []),
    ...(cause && kind === 'ended' ? [`■${say(words.cause)}\n${textIn(cause, language)}`] : []),
    `■${say(words.page)}\n${page}`,
    `${say(wishesText)}\n${wishes}`,
    say(mailLabels.sendOnly),
  ]
  const [mark, code] =
    language === 'ja'
      ? [`【${say(marks[kind])}】`, `（${subject.code}）`]
      : [`[${say(marks[kind])}] `, ` (${subject.code})`]
  return { subject: `${mark}${title}${code}`, text: `${parts.join('\n\n')}\n` }
}

function linesOf(language: Language, { kind, subject, user, timeZone }: ToldFacts): string[] {
  const say = (said: Said): string => said[language]
  const { code, startsAt, endsAt, expectedEndAt, nextUpdateAt } = subject
  const line = (said: Said, at: Date | null): string[] =>
    at ? [`${say(said)}${momentInMail(at, timeZone, language)}`] : []
  const isFault = subject.kind === 'fault'
  const isOver = isOverBy(kind)
  return [
    `${say(words.code)}${code}`,
    `${say(words.contracts)}${numbersIn(user, language)}`,
    ...line(isFault ? words.began : words.starts, startsAt),
    ...line(isFault ? words.ended : words.ends, endsAt),
    ...(endsAt || isOver ? [] : line(words.expected, expectedEndAt)),
    ...(isOver ? [] : line(words.next, nextUpdateAt)),
  ]
}

/** There is nothing to wait for any more, for whoever reads it. */
function isOverBy(kind: TellingKind): boolean {
  return kind === 'ended' || kind === 'left' || kind === 'withdrawn' || kind === 'cancelled'
}

function numbersIn({ numbers, contracts }: ToldFacts['user'], language: Language): string {
  const others = contracts - numbers.length
  const more = language === 'ja' ? ` ほか${others}件` : ` and ${others} more`
  return `${numbers.join(', ')}${others > 0 ? more : ''}`
}

/** Where there is no English yet, with a word of it. */
function textIn(text: ToldText, language: Language): string {
  if (language === 'ja' || text.en !== undefined) return text[language] ?? text.ja
  return `This text is only available in Japanese.\n${text.ja}`
}
