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
}

interface Period {
  from?: string | undefined
  to?: string | undefined
}

/** The first and the last day, in the reader's zone. */
export function PeriodFields({ period, language }: { period: Period; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const isReversed = Boolean(period.from && period.to && period.to < period.from)
  return (
    <>
      <label>
        {text.from}
        <input class="input input-date" type="date" name="from" value={period.from} />
      </label>
      <label>
        {text.to}
        <input
          class="input input-date"
          type="date"
          name="to"
          value={period.to}
          {...(isReversed && { 'aria-invalid': true, 'aria-describedby': 'period-problem' })}
        />
      </label>
      {isReversed && (
        <p class="field-problem" id="period-problem">
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
