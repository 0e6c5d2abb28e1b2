import type { JSX } from 'preact'
import type { ReservationState } from '#features/reservations/values.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language } from '#platform/words.ts'
import { reservationStateWords } from '../parts/reservation-words.ts'

/** What has become of a reservation. */
export function StateMark({ state, language }: { state: ReservationState; language: Language }): JSX.Element {
  const text = reservationStateWords[state][language]
  if (state === 'done') return <PlainState>{text}</PlainState>
  if (state === 'failed')
    return (
      <Badge kind="trouble" icon="alert">
        {text}
      </Badge>
    )
  return state === 'waiting' ? (
    <Badge kind="current" icon="clock">
      {text}
    </Badge>
  ) : (
    <Badge kind="plain">{text}</Badge>
  )
}
