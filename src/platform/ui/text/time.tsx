import type { JSX } from 'preact'
import { formatTime, type TimeStyle } from '../../time/format.ts'
import type { Language } from '../../words.ts'

export interface TimeProps {
  at: Date
  /** The reader's zone, by its IANA name. */
  zone: string
  language: Language
  now: Date
  format?: TimeStyle | undefined
}

export function Time({ at, format = 'date-time', ...facts }: TimeProps): JSX.Element {
  return (
    <time class="number" dateTime={at.toISOString()}>
      {formatTime(at, format, facts)}
    </time>
  )
}
