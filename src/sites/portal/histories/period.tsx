import type { JSX } from 'preact'
import { z } from 'zod'
import { zoneLabel } from '#platform/time/format.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'

/** A day of an address, if it is one. PostgreSQL knows no year 0. */
export const dayInQuery = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'))
  .optional()
  .catch(undefined)

const words = {
  from: { ja: '開始日', en: 'From' },
  to: { ja: '終了日', en: 'To' },
  reversed: {
    ja: '終了日が開始日より前です。終了日には、開始日以降の日付を入力してください。',
    en: 'The last day is before the first. Enter a later one.',
  },
  strange: {
    ja: (day: string) => `「${day}」という日付はないため、使っていません。ある日付を入力してください。`,
    en: (day: string) => `There is no day “${day}”, so it was left out. Enter one that there is.`,
  },
}

type Asked = Readonly<Record<string, string>>

/** What an address asks for by a day that is none; undefined: it is one, or there is none. */
export function strangeDay(asked: Asked, name: string): string | undefined {
  const given = asked[name]
  return given && dayInQuery.parse(given) === undefined ? given : undefined
}

/** Below the field of a day of which that is so. */
export function StrangeDay({ day, id, language }: { day: string; id: string; language: Language }): JSX.Element {
  return (
    <p class="field-problem" id={id}>
      <Icon name="alert" />
      <span>{words.strange[language](day)}</span>
    </p>
  )
}

interface Period {
  from?: string | undefined
  to?: string | undefined
}

interface PeriodFieldsProps {
  period: Period
  /** The address as it stands, which may name days that are none. */
  asked: Asked
  language: Language
}

/** The first and the last day, in the reader's zone. */
export function PeriodFields({ period, asked, language }: PeriodFieldsProps): JSX.Element {
  const text = inLanguage(words, language)
  const isReversed = Boolean(period.from && period.to && period.to < period.from)
  const strange = { from: strangeDay(asked, 'from'), to: strangeDay(asked, 'to') }
  const field = (name: 'from' | 'to', isWrong: boolean) => (
    <label>
      {text[name]}
      <input
        class="input input-date"
        type="date"
        name={name}
        value={period[name]}
        {...(isWrong && { 'aria-invalid': true, 'aria-describedby': `${name}-problem` })}
      />
    </label>
  )
  return (
    <>
      {field('from', strange.from !== undefined)}
      {field('to', isReversed || strange.to !== undefined)}
      {strange.from !== undefined && <StrangeDay day={strange.from} id="from-problem" language={language} />}
      {strange.to !== undefined && <StrangeDay day={strange.to} id="to-problem" language={language} />}
      {isReversed && (
        <p class="field-problem" id="to-problem">
          <Icon name="alert" />
          <span>{text.reversed}</span>
        </p>
      )}
    </>
  )
}

/** The same in words; nothing, where there is no first or last day. */
export function periodSaid({ from, to }: Period, language: Language): string[] {
  const text = inLanguage(words, language)
  return [...(from === undefined ? [] : [`${text.from} ${from}`]), ...(to === undefined ? [] : [`${text.to} ${to}`])]
}

/** 「UTC+9」: the zone of all times of a column, in its head. */
export function zoneOf({ timeZone, language, now }: Reader): string {
  return /UTC[^）)]*/.exec(zoneLabel(timeZone, language, now))?.[0] ?? timeZone
}
