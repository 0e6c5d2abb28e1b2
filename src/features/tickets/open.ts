import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, hours } from '#platform/time/duration.ts'
import { drawNumber, insertTicket, type OpenedTicket, type PortalTicket } from './inner/insert.ts'
import { writeMessage } from './inner/write.ts'
import { tellOfTicket } from './tell.ts'
import type { NamedContract } from './opening.ts'
import type { TicketKind } from './ticket.ts'
import { mostTickets, type TicketImpact } from './values.ts'

export interface NewTicket {
  /** Undefined: the portal itself. */
  serviceId: string | undefined
  /** That it is about, as they were found for this user: the first says what it is about. */
  contracts: readonly NamedContract[]
  kind: TicketKind
  title: string
  text: string
  impact: TicketImpact | undefined
  occurredAt: Date | undefined
  contact: string
  /** The ids of those who are mailed. */
  persons: readonly string[]
  files: readonly JudgedFile[]
  /** The earlier one, which the user may see. */
  follows: string | undefined
  /** The fault or works that it is about, which the user may see. */
  incident: string | undefined
}

/** Opens a ticket of what `findAbout` has found, and tells those who take part that it was received. */
export async function openTicket(
  ctx: Context,
  given: NewTicket,
): Promise<Outcome<OpenedTicket, 'too-many-tickets' | 'thing-full' | 'customer-full'>> {
  const { tx, now, actor } = ctx
  const by = { tx, now, customer: actor.customer }
  // One after another of a customer, so that their number is counted.
  const drawn = await drawNumber(by)
  if (await hasOpenedTooMany(ctx)) return refuse('too-many-tickets')
  const ticket = await insertTicket(by, rowOf(ctx, given), drawn)
  const about = { customer_id: actor.customer.id, ticket_id: ticket.id }
  const further = given.contracts.slice(1).map(({ id }) => ({ ...about, contract_id: id }))
  if (further.length > 0) await tx.insertInto('ticket_contract').values(further).execute()
  const persons = given.persons.map((id) => ({ ...about, user_id: id }))
  if (persons.length > 0) await tx.insertInto('ticket_person').values(persons).execute()
  const { userId: authorId, name: authorName } = actor
  const message = { by: 'customer' as const, authorId, authorName, text: given.text, files: given.files }
  const written = await writeMessage(by, { id: ticket.id, state: 'received' }, { ...message, state: 'received' })
  if (!written.ok) return written
  await tellOfTicket({ ...by, secrets: ctx.secrets, portalUrl: ctx.portalUrl }, ticket.id, 'received')
  return done(ticket)
}

async function hasOpenedTooMany({ tx, now, actor }: Context): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ticket where customer_id = ${actor.customer.id} and opened_by = ${actor.userId}
      and opened_at > ${after(now, -1 * hours)} and origin = 'portal'`.execute(tx)
  return (rows[0]?.n ?? 0) >= mostTickets
}

function rowOf({ now, actor, language }: Context, given: NewTicket): PortalTicket {
  const [first] = given.contracts
  return {
    service_id: given.serviceId ?? null,
    contract_id: first?.id ?? null,
    kind: given.kind,
    title_ja: given.title,
    title_en: given.title,
    language,
    opened_by: actor.userId,
    opened_by_name: actor.name,
    impact: given.impact ?? null,
    occurred_at: given.occurredAt ?? null,
    contact: given.contact,
    follows: given.follows ?? null,
    incident_id: given.incident ?? null,
    opened_at: now,
    updated_at: now,
  }
}
