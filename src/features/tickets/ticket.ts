import { type RawBuilder, sql } from 'kysely'
import { type Subject, subjectColumns, subjectJoins, subjectRow } from '#features/subjects/subject.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Actor } from '#features/actor.ts'
import { at, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** What is still to be done comes first. */
export const ticketStates = ['open', 'waiting-for-customer', 'closed'] as const
export type TicketState = (typeof ticketStates)[number]

export const ticketKinds = ['fault', 'inquiry'] as const
export type TicketKind = (typeof ticketKinds)[number]

/** What the customer has reported or asked, about a contract or a service. */
export interface Ticket {
  id: string
  code: string
  kind: TicketKind
  title: Phrase
  state: TicketState
  subject: Subject
  openedAt: Date
  updatedAt: Date
}

/** Of a row `r` of `seen`. */
export const ticketRow: JsonRow<Ticket> = jsonRow({
  id: value('r.id'),
  code: value('r.code'),
  kind: value('r.kind'),
  title: phrase('r.title'),
  state: value('r.state'),
  subject: subjectRow,
  openedAt: at('r.opened_at'),
  updatedAt: at('r.updated_at'),
})

/** For a statement's `with`: the tickets that the user may see, as `seen`. */
export function seenTickets({ customer, scope }: Actor): RawBuilder<unknown> {
  const { ruled, isSeen } = seenBy(scope)
  return sql`${ruled}, seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.state, r.opened_at, r.updated_at, r.contract_id,
      ${subjectColumns}
    from ticket r ${subjectJoins}
    where r.customer_id = ${customer.id} and ${isSeen({ id: 'k.id', service: 's.id' })})`
}
