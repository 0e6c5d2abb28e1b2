import type { JSX } from 'preact'
import { minutes, seconds } from '../../time/duration.ts'

/** 「8:42」, as of the answer; the script counts it down. */
export function TimeLeft({ endsAt, now }: { endsAt: Date; now: Date }): JSX.Element {
  const left = Math.max(0, endsAt.getTime() - now.getTime())
  const clock = `${Math.floor(left / minutes)}:${String(Math.floor((left % minutes) / seconds)).padStart(2, '0')}`
  return (
    <time class="number" data-count-down={left}>
      {clock}
    </time>
  )
}
