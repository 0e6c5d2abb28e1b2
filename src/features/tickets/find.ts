import { type RawBuilder, sql } from 'kysely'
import { type Attachment, attachmentRow } from '#features/attachments/attachment.ts'
import { concernsSeen } from '#features/incidents/incident.ts'
import { type ContactWindow, windowFor } from '#features/operators/window.ts'
import { editingOf } from '#features/rights/scope.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Subject } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import { at, type Fact, type Json, jsonRow, phrase, rowOrNull, rowsOf, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import { reopensFor } from './course.ts'
import { seenTickets, type Ticket, ticketFacts, type TicketReader, type TicketState } from './ticket.ts'
import type { TicketImpact } from './values.ts'

export interface TicketMessage {
  number: number
  at: Date
  by: 'customer' | 'operator' | 'system'
  author: string
  text: string
  /** To which it brought the ticket. */
  stateAfter: TicketState | null
  files: Attachment[]
}

type SeenContract = NonNullable<Subject['contract']>

export interface FoundTicket extends Ticket {
  version: number
  /** Where it is asked about. */
  window: ContactWindow | null
  /** Empty: the operator. */
  openedBy: string
  /** The reader may reply, add files, close it and open it again. */
  mayAct: boolean
  impact: TicketImpact | null
  occurredAt: Date | null
  contact: string
  answerDueAt: Date | null
  solvedAt: Date | null
  closedAt: Date | null
  /** Of the further ones, those that the reader may see. */
  further: SeenContract[]
  /** Names of those who take part. */
  persons: string[]
  /** The earlier one, if the reader may see it. */
  follows: { id: string; code: string } | null
  /** The fault or works that it is about, if the reader may see it. */
  incident: { id: string; title: Phrase } | null
  messages: TicketMessage[]
}

/** A ticket that the user may see, with all that was written in it. */
export async function findTicket({ tx, actor }: Context, id: string): Promise<FoundTicket | undefined> {
  const row = foundRow(actor)
  const { rows } = await sql<Json<FoundTicket>>`
    with ${seenTickets(actor)}, ${seenBy(editingOf(actor.scope), 'ruled_to_edit').ruled}
    select ${row.columns} from seen r join ticket d on d.customer_id = ${actor.customer.id} and d.id = r.id
    where r.id = ${id}`.execute(tx)
  const [found] = rows
  return found && row.read(found)
}

/** Whether a message of the customer's is still taken. */
export function isOpenForReply({ state, closedAt }: Pick<FoundTicket, 'state' | 'closedAt'>, now: Date): boolean {
  return state !== 'closed' || (closedAt !== null && closedAt.getTime() + reopensFor > now.getTime())
}

/** Of a row `r` of `seen` with its ticket `d`. */
function foundRow(actor: TicketReader) {
  return jsonRow<FoundTicket>({
    ...ticketFacts,
    version: value('d.version'),
    window: value(windowFor('r.service_id')),
    openedBy: value('d.opened_by_name'),
    mayAct: value(mayAct(actor)),
    impact: value('d.impact'),
    occurredAt: at('d.occurred_at'),
    contact: value('d.contact'),
    answerDueAt: at('d.answer_due_at'),
    solvedAt: at('d.solved_at'),
    closedAt: at('d.closed_at'),
    further: rowsOf(contractRow, {
      from: sql`ticket_contract f join contract k on k.customer_id = f.customer_id and k.id = f.contract_id
        left join site t on t.customer_id = k.customer_id and t.id = k.site_id
        where f.customer_id = d.customer_id and f.ticket_id = d.id and ${seenBy(actor.scope).isSeen({ id: 'k.id', service: 'k.service_id' })}`,
      orderBy: sql`k.number`,
    }),
    persons: value(sql`coalesce((select json_agg(u.name order by u.name, u.id) from ticket_person p
      join portal_user u on u.customer_id = p.customer_id and u.id = p.user_id and u.state <> 'deleted'
      where p.customer_id = d.customer_id and p.ticket_id = d.id), '[]')`),
    incident: rowOrNull(
      jsonRow({ id: value<string>('i.id'), title: phrase('i.title') }),
      sql`incident i where i.customer_id = d.customer_id and i.id = d.incident_id and ${concernsSeen('i', seenBy(actor.scope).isSeen)}`,
    ),
    follows: rowOrNull(followed, sql`seen earlier where earlier.id = d.follows`),
    messages: messagesOfTicket,
  })
}

/**
 * Of a row `r` of `seen` with its ticket `d`: its reader may edit one of its contracts, or the service it is about; or has written it.
 * Belongs to a statement that has `ruled_to_edit` in its `with`.
 */
function mayAct({ scope, userId, customer }: TicketReader): RawBuilder<boolean> {
  const { isSeen } = seenBy(editingOf(scope), 'ruled_to_edit')
  return sql<boolean>`(d.opened_by is not distinct from ${userId}
    or r.service_id is not null and ${isSeen({ id: 'r.contract_id', service: 'r.service_id' })}
    or exists (select from ticket_contract f join contract k on k.customer_id = f.customer_id and k.id = f.contract_id
      where f.customer_id = ${customer.id} and f.ticket_id = d.id and ${isSeen({ id: 'k.id', service: 'k.service_id' })}))`
}

const contractRow: Fact<SeenContract> = jsonRow({
  number: value('k.number'),
  site: value('t.name'),
  id: value(sql`case when k.ended_on is null then k.id end`),
})

const followed = jsonRow({ id: value<string>('earlier.id'), code: value<string>('earlier.code') })

const messageRow: Fact<TicketMessage> = jsonRow({
  number: value('m.number'),
  at: at('m.at'),
  by: value('m.by'),
  author: value('m.author_name'),
  text: value('m.text'),
  stateAfter: value('m.state_after'),
  files: rowsOf(attachmentRow, {
    from: sql`attachment a where a.customer_id = m.customer_id and a.about = 'ticket' and a.about_id = m.ticket_id and a.message = m.number`,
    orderBy: sql`a.name, a.id`,
  }),
})

/** What was written in a ticket `d`, in order. */
export const messagesOfTicket: Fact<TicketMessage[]> = rowsOf(messageRow, {
  from: sql`ticket_message m where m.customer_id = d.customer_id and m.ticket_id = d.id`,
  orderBy: sql`m.number`,
})
