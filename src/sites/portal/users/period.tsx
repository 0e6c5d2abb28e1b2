import type { JSX } from 'preact'
import type { Period } from '#features/periods-of-use/period.ts'
import { formatTime } from '#platform/time/format.ts'
import type { Language } from '#platform/words.ts'

const words = {
  always: { ja: '無期限', en: 'No limit' },
  from: { ja: (day: string) => `${day}から`, en: (day: string) => `From ${day}` },
  until: { ja: (day: string) => `${day}まで`, en: (day: string) => `Until ${day}` },
  both: {
    ja: (from: string, until: string) => `${from}～${until}`,
    en: (from: string, until: string) => `${from} – ${until}`,
  },
}

/** A period of use in words. */
export function periodShown(
  { beginsOn, endsOn }: Period,
  { language, now }: { language: Language; now: Date },
): string {
  const shown = (day: string): string =>
    formatTime(new Date(`${day}T00:00:00Z`), 'date', { zone: 'UTC', language, now })
  if (beginsOn && endsOn) return words.both[language](shown(beginsOn), shown(endsOn))
  if (beginsOn) return words.from[language](shown(beginsOn))
  return endsOn ? words.until[language](shown(endsOn)) : words.always[language]
}

/** Below the state of a user; of whoever has no period, nothing. */
export function PeriodBelow({
  period,
  ...shown
}: {
  period: Period
  language: Language
  now: Date
}): JSX.Element | null {
  if (period.beginsOn === '' && period.endsOn === '') return null
  return (
    <>
      <br />
      <span class="small-text">{periodShown(period, shown)}</span>
    </>
  )
}
