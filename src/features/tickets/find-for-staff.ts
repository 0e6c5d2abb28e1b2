import { sql } from 'kysely'
import type { Attachment } from '#features/attachments/attachment.ts'
import { findFile } from '#features/attachments/find.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { staffNumber } from '#features/staff/find.ts'
import {
  at,
  type Fact,
  type Json,
  jsonRow,
  phrase,
  rowOrNull,
  rowsOf,
  value,
  when,
} from '#platform/database/json-row.ts'
import { after, minutes } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'
import { messagesOfTicket, type TicketMessage } from './find.ts'
import type { TicketKind, TicketState } from './ticket.ts'
import type { TicketImpact } from './values.ts'

/** What staff tell each other of a ticket; the customer never reads it. */
export interface TicketNote {
  number: number
  at: Date
  /** S-0042 */
  by: string
  text: string
}

/** A ticket as staff see it, with all that was written in it. */
export interface StaffTicket {
  id: string
  code: string
  kind: TicketKind
  title: Phrase
  state: TicketState
  version: number
  customerId: string
  /** Null: the portal itself. */
  service: Phrase | null
  /** Numbers of its contracts, the one it was opened for among them. */
  contracts: string[]
  /** Empty: the operator. */
  openedBy: string
  contact: string
  impact: TicketImpact | null
  occurredAt: Date | null
  openedAt: Date
  answerDueAt: Date | null
  /** The customer's copy of an outage that it is about; of one that a file has brought there is no outage. */
  incident: { id: string; code: string; title: Phrase; outageId: string | null } | null
  /** The member of staff who has it. */
  assignee: { id: string; name: string } | null
  messages: TicketMessage[]
  notes: TicketNote[]
}

/** A ticket of whatever customer but the house. */
export async function findTicketForStaff({ tx }: StaffContext, id: string): Promise<StaffTicket | undefined> {
  const { rows } = await sql<Json<StaffTicket>>`
    select ${row.columns} from ticket d left join service s on s.id = d.service_id where d.id = ${id} and d.customer_id <> house()`.execute(
    tx,
  )
  const [found] = rows
  return found && row.read(found)
}

/** A file of it. */
export function findTicketFileForStaff(
  { tx }: StaffContext,
  asked: { id: string; file: string },
): Promise<Attachment | undefined> {
  const seen = sql`seen as (select id, customer_id from ticket where id = ${asked.id} and customer_id <> house())`
  return findFile(tx, { about: 'ticket', seen, customer: sql`r.customer_id` }, asked)
}

/** Numbers of those who have looked at the page of this address in the last two minutes, but for the reader. */
export async function findOthersAt(
  { tx, now, actor }: StaffContext,
  { customerId, path }: { customerId: string; path: string },
): Promise<string[]> {
  const { rows } = await sql<{ number: number }>`
    select distinct m.number from staff_visit v join staff_member m on m.user_id = v.staff_id
    where v.customer_id = ${customerId} and v.at > ${after(now, -2 * minutes)} and v.path = ${path} and v.staff_id <> ${actor.userId}
    order by m.number`.execute(tx)
  return rows.map(({ number }) => staffNumber(number))
}

/** Those who can have a ticket: whoever has the role for it, and may log in. */
export async function listTicketStaff({ tx }: StaffContext): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from staff_role r join portal_user u on u.customer_id = house() and u.id = r.user_id
    where r.role = 'support' and u.state = 'active' order by u.name, u.id`.execute(tx)
  return rows
}

const noteRow: Fact<TicketNote> = jsonRow({
  number: value('n.number'),
  at: at('n.at'),
  by: value('n.staff_name'),
  text: value('n.text'),
})

/** Of a row `d` of `ticket` with its service `s`. */
const row = jsonRow<StaffTicket>({
  id: value('d.id'),
  code: value('d.code'),
  kind: value('d.kind'),
  title: phrase('d.title'),
  state: value('d.state'),
  version: value('d.version'),
  customerId: value('d.customer_id'),
  service: when(sql`s.id is not null`, phrase('s.name')),
  contracts: value(sql`coalesce((select json_agg(k.number order by k.number) from contract k
    where k.customer_id = d.customer_id and (k.id = d.contract_id or k.id in (select f.contract_id from ticket_contract f
      where f.customer_id = d.customer_id and f.ticket_id = d.id))), '[]')`),
  openedBy: value('d.opened_by_name'),
  contact: value('d.contact'),
  impact: value('d.impact'),
  occurredAt: at('d.occurred_at'),
  openedAt: at('d.opened_at'),
  answerDueAt: at('d.answer_due_at'),
  incident: rowOrNull(
    jsonRow({
      id: value<string>('i.id'),
      code: value<string>('i.code'),
      title: phrase('i.title'),
      outageId: value<string | null>('i.outage_id'),
    }),
    sql`incident i where i.customer_id = d.customer_id and i.id = d.incident_id`,
  ),
  assignee: rowOrNull(
    jsonRow({ id: value<string>('u.id'), name: value<string>('u.name') }),
    sql`portal_user u where u.customer_id = house() and u.id = d.assigned_to`,
  ),
  messages: messagesOfTicket,
  notes: rowsOf(noteRow, {
    from: sql`ticket_note n where n.customer_id = d.customer_id and n.ticket_id = d.id`,
    orderBy: sql`n.number`,
  }),
})
