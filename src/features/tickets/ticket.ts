import { type RawBuilder, sql } from 'kysely'
import { type Subject, subjectColumns, subjectJoins, subjectJson } from '#features/subjects/subject.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Actor } from '#features/actor.ts'
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

/** As the database tells it. */
export type TicketJson = Omit<Ticket, 'openedAt' | 'updatedAt'> & { openedAt: string; updatedAt: string }

/** Of a row `r` of `seen`. */
export const ticketJson: RawBuilder<TicketJson> = sql<TicketJson>`json_build_object(
  'id', r.id, 'code', r.code, 'kind', r.kind, 'title', json_build_object('ja', r.title_ja, 'en', r.title_en),
  'state', r.state, 'subject', ${subjectJson}, 'openedAt', r.opened_at, 'updatedAt', r.updated_at)`

export function readTicket({ openedAt, updatedAt, ...ticket }: TicketJson): Ticket {
  return { ...ticket, openedAt: new Date(openedAt), updatedAt: new Date(updatedAt) }
}

/** For a statement's `with`: the tickets that the user may see, as `seen`. */
export function seenTickets({ customer, scope }: Actor): RawBuilder<unknown> {
  const { ruled, isSeen } = seenBy(scope)
  return sql`${ruled}, seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.state, r.opened_at, r.updated_at, r.contract_id,
      ${subjectColumns}
    from ticket r ${subjectJoins}
    where r.customer_id = ${customer.id} and ${isSeen({ id: 'k.id', service: 's.id' })})`
}
