import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findSubjects, type Ids, type SubjectEntry } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, findUnknown, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'
import { findFurther, putTalk } from './inner/put-talk.ts'
import { findWritten, keepWritten } from './inner/written.ts'
import type { TicketState } from './ticket.ts'

/** What the customer has asked or reported, about one of its contracts or about a service. Moments have their offsets. */
export interface TicketEntry extends SubjectEntry {
  code: string
  kind: 'fault' | 'inquiry'
  title: Phrase
  state: TicketState
  openedAt: string
  updatedAt: string
  /** Numbers of further contracts; absent: as they are. */
  contracts?: readonly string[] | undefined
  /** The code of the fault or works that it is about; absent: as it is. */
  incident?: string | undefined
  /** What was written, in order. What is there already is known by its moment and text, and nothing is ever taken away. */
  messages?: readonly TicketMessageEntry[] | undefined
}

export interface TicketMessageEntry {
  at: string
  by: 'customer' | 'operator'
  author: string
  text: string
}

const ticketTable: KeyedTable = {
  name: 'ticket',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    service_id: 'uuid',
    contract_id: 'uuid',
    kind: 'ticket_kind',
    title_ja: 'text',
    title_en: 'text',
    state: 'text',
    opened_at: 'timestamptz',
    updated_at: 'timestamptz',
    closed_at: 'timestamptz',
    solved_at: 'timestamptz',
    answer_due_at: 'timestamptz',
  },
}

/**
 * Makes the customer's tickets that are missing, and changes those that differ. What was opened in the portal takes state and
 * messages alone; and of what was written to in the portal later than the entry says, the state stays.
 */
export async function putTickets(
  ctx: CustomerContext,
  entries: readonly TicketEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service' | 'unknown-contract' | 'unknown-incident'>> {
  const { services, contracts, unknown } = await findSubjects(ctx, entries)
  const further = await findFurther(ctx, entries)
  const incidents = await findIncidentIds(ctx, entries)
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(unknown) ??
    refuseMisfits(further.unknown) ??
    refuseMisfits(findUnknown(entries, 'incident', { known: incidents, problem: 'unknown-incident' }))
  if (refused) return refused
  const written = await findWritten(ctx, codesOf(entries))
  const rows = entries.map((entry) => {
    const given = {
      customer_id: ctx.customer.id,
      code: entry.code,
      service_id: services.get(entry.service) ?? null,
      contract_id: (entry.contract && contracts.get(entry.contract)) ?? null,
      kind: entry.kind,
      title_ja: entry.title.ja,
      title_en: entry.title.en,
      opened_at: entry.openedAt,
      ...courseOf(entry),
    }
    return { ...keepWritten(given, written.get(entry.code)) }
  })
  const put = await upsert(ctx, ticketTable, rows)
  const more = await putTalk(ctx, entries, { put, further: further.ids })
  const joined = await joinIncidents(ctx, entries, incidents)
  const isMore = ({ id }: { id: string }): boolean => more.has(id) || joined.has(id)
  return done(put.map((one) => (one.was === 'unchanged' && isMore(one) ? { ...one, was: 'changed' } : one)))
}

/** The ids of the incidents that entries are about, by code. */
async function findIncidentIds({ tx, customer }: CustomerContext, entries: readonly TicketEntry[]): Promise<Ids> {
  const codes = entries.flatMap(({ incident }) => incident ?? [])
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from incident where customer_id = ${customer.id} and code = any(${codes}::text[])`.execute(tx)
  return new Map(rows.map(({ id, code }) => [code, id]))
}

/** Answers of which tickets that changed something. What staff have joined and an entry leaves open stays. */
async function joinIncidents(
  { tx, customer }: CustomerContext,
  entries: readonly TicketEntry[],
  incidents: Ids,
): Promise<ReadonlySet<string>> {
  const named = entries.flatMap(({ code, incident }) => (incident === undefined ? [] : [{ code, incident }]))
  if (named.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    update ticket t set incident_id = given.incident, version = t.version + 1
    from unnest(${codesOf(named)}::text[], ${named.map(({ incident }) => incidents.get(incident))}::uuid[]) as given (code, incident)
    where t.customer_id = ${customer.id} and t.code = given.code and t.incident_id is distinct from given.incident
    returning t.id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

function courseOf({ state, updatedAt }: TicketEntry) {
  return {
    state,
    updated_at: updatedAt,
    closed_at: state === 'closed' ? updatedAt : null,
    solved_at: state === 'solved' ? updatedAt : null,
    answer_due_at: null,
  }
}

/** The codes of the customer's tickets that are not closed, and that the entries do not name. */
export async function findUnnamedTickets(
  { tx, customer }: CustomerContext,
  entries: readonly TicketEntry[],
): Promise<string[]> {
  const open = sql`select code as name from ticket where customer_id = ${customer.id} and state <> 'closed'`
  return findUnnamed(tx, open, codesOf(entries))
}
