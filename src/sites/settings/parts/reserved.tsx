import type { JSX } from 'preact'
import type { Line } from '#features/lines/open.ts'
import type { Reservation } from '#features/reservations/reservation.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { dueText } from './due.tsx'

const words = {
  reserved: { ja: '予約中の変更があります', en: 'A change is reserved' },
  by: { ja: (by: string) => `（${by}）`, en: (by: string) => ` (${by})` },
}

export interface ReservedProps {
  /** The id of the contract. */
  contract: string
  line: Pick<Line, 'timeZone'>
  reservations: readonly Reservation[]
  reader: Reader
}

/** That what the page is about is to be changed at a later moment; nothing when it is not. */
export function Reserved({ contract, line, reservations, reader }: ReservedProps): JSX.Element | null {
  if (reservations.length === 0) return null
  const text = inLanguage(words, reader.language)
  return (
    <Notice kind="info" heading={text.reserved}>
      <ul>
        {reservations.map(({ id, dueAt, action, subject, by }) => (
          <li key={id}>
            <a href={paths.reservation({ contract, id })}>
              {dueText(dueAt, line.timeZone, reader)} {lineActionWords[action][reader.language]} {subject}
            </a>
            {text.by(by)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
