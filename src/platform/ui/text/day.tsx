import type { JSX } from 'preact'
import { formatTime } from '../../time/format.ts'
import type { Language } from '../../words.ts'

/** A day of the calendar, which is the same in every zone: `2026-12-10`. */
export function Day({ on, language, now }: { on: string; language: Language; now: Date }): JSX.Element {
  return (
    <time class="number" dateTime={on}>
      {formatTime(new Date(`${on}T00:00:00Z`), 'date', { zone: 'UTC', language, now })}
    </time>
  )
}
