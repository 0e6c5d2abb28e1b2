import type { JSX } from 'preact'
import type { TicketNote } from '#features/tickets/find-for-staff.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'

/** What staff tell each other, in another colour than what customers read. */
export function TicketNotes({ notes, reader }: { notes: readonly TicketNote[]; reader: Reader }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  return (
    <ol class="talk">
      {notes.map(({ number, by, at, text }) => (
        <li key={number} class="talk-note">
          <header>
            <strong>{by}</strong>
            <span class="small-text talk-time">
              <Time at={at} zone={zone} language={language} now={now} />
            </span>
          </header>
          <p class="talk-text">{text}</p>
        </li>
      ))}
    </ol>
  )
}
