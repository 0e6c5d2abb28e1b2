import { type RawBuilder, sql } from 'kysely'
import { subjectColumns, type TicketSubject, ticketSubjectJoins, ticketSubjectRow } from '#features/subjects/subject.ts'
import { type Seen, seenBy } from '#features/rights/seen.ts'
import type { Actor } from '#features/actor.ts'
import { at, type Fact, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** What waits for the customer comes first, and then what is still to be done. */
export const ticketStates = ['waiting-for-customer', 'solved', 'received', 'open', 'closed'] as const
export type TicketState = (typeof ticketStates)[number]

/** Of a row `r`: the place of its state among them. */
export const placeOfState: RawBuilder<unknown> = sql`array_position(${sql.lit(`{${ticketStates.join()}}`)}::text[], r.state)`

export const ticketKinds = ['fault', 'inquiry'] as const
export type TicketKind = (typeof ticketKinds)[number]

/** What the customer has reported or asked, about a contract, a service, or the portal itself. */
export interface Ticket {
  id: string
  code: string
  kind: TicketKind
  title: Phrase
  state: TicketState
  subject: TicketSubject
  openedAt: Date
  updatedAt: Date
}

/** Of a row `r` of `seen`. */
export const ticketFacts: { [Name in keyof Ticket]: Fact<Ticket[Name]> } = {
  id: value('r.id'),
  code: value('r.code'),
  kind: value('r.kind'),
  title: phrase('r.title'),
  state: value('r.state'),
  subject: ticketSubjectRow,
  openedAt: at('r.opened_at'),
  updatedAt: at('r.updated_at'),
}

export const ticketRow: JsonRow<Ticket> = jsonRow(ticketFacts)

/** For a statement's `with`: the tickets that the user may see, as `seen`. */
export function seenTickets(actor: TicketReader): RawBuilder<unknown> {
  const seen = seenBy(actor.scope)
  return sql`${seen.ruled}, seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.state, r.opened_at, r.updated_at, r.contract_id, r.version, r.opened_by,
      ${subjectColumns}
    from ticket r ${ticketSubjectJoins}
    where r.customer_id = ${actor.customer.id} and ${isTicketSeen(actor, seen)})`
}

/** What decides who sees a ticket. */
export type TicketReader = Pick<Actor, 'scope' | 'userId' | 'role'> & { customer: { id: string } }

/**
 * Of a ticket `r` with what it is about: the reader sees its contract, or one of its further ones; or, where it is about a service,
 * that; or, where it is about the portal itself, wrote it, takes part in it, or is an administrator.
 */
export function isTicketSeen(
  { customer: { id }, userId, role }: TicketReader,
  { isSeen }: Pick<Seen, 'isSeen'>,
): RawBuilder<boolean> {
  return sql<boolean>`(s.id is not null and ${isSeen({ id: 'k.id', service: 's.id' })}
    or r.id in (select further.ticket_id from ticket_contract further
      join contract f on f.customer_id = further.customer_id and f.id = further.contract_id
      where further.customer_id = ${id} and ${isSeen({ id: 'f.id', service: 'f.service_id' })})
    or s.id is null and (${role === 'portal-administrator'} or r.opened_by = ${userId}
      or r.id in (select p.ticket_id from ticket_person p where p.customer_id = ${id} and p.user_id = ${userId})))`
}
