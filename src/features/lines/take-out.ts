import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { LineFrame } from './values.ts'

/** A line that a customer has no longer. */
export interface LineTakenOut {
  /** What the operator has set up, numbers included; none of them has ended. Nothing in it is the customer's. */
  frame: LineFrame
  /** How many rows of the customer's went with it, by table. */
  deleted: Readonly<Record<string, number>>
}

/**
 * Deletes the line of a contract with all that the customer has set in it, and its changes; undefined where there is none. With the
 * operator's role. Whoever is changing it is waited for.
 */
export async function takeOutLine(ctx: CustomerContext, contractId: string): Promise<LineTakenOut | undefined> {
  const frame = await holdFrame(ctx, contractId)
  if (!frame) return undefined
  const { tx } = ctx
  // Settings are deleted within a change, as everywhere. What it keeps of them goes in the end.
  await sql`select set_config('pbx.change', nextval('pbx.change_id')::text, true)`.execute(tx)
  await sql`update pbx.line set main_number = null where ${ofLine(ctx, contractId)}`.execute(tx)
  const settings = await listTables(ctx)
  const kept = await deleteRows(ctx, contractId, settings)
  await sql`select set_config('pbx.change', '', true)`.execute(tx)
  const changes = await deleteRows(ctx, contractId, ['change'])
  await deleteRows(ctx, contractId, ['changed_row'])
  // It follows from the settings.
  await deleteRows(ctx, contractId, ['line_finding'])
  await deleteRows(ctx, contractId, ['line'])
  return { frame, deleted: { ...kept, ...changes } }
}

function ofLine({ customer }: CustomerContext, contractId: string) {
  return sql`customer_id = ${customer.id} and contract_id = ${contractId}`
}

/** Holds the line until the transaction ends. */
async function holdFrame(ctx: CustomerContext, contractId: string): Promise<LineFrame | undefined> {
  const { rows } = await sql<LineFrame>`
    select time_zone as "timeZone", json_build_object('first', first_extension, 'last', last_extension, 'most', most_extensions) as extensions,
      most_groups as groups, channels, park_slots as "parkSlots", has_voicemail as voicemail,
      international_targets as "internationalTargets"
    from pbx.line where ${ofLine(ctx, contractId)} for update`.execute(ctx.tx)
  const [frame] = rows
  if (!frame) return undefined
  const { rows: numbers } = await sql<{ number: string; endedOn: string | null; isMain: boolean }>`
    select n.number, n.ended_on as "endedOn", n.number = l.main_number as "isMain"
    from pbx.external_number n join pbx.line l using (customer_id, contract_id)
    where ${ofLine(ctx, contractId)} and (n.ended_on is null or n.ended_on > (${ctx.now}::timestamptz at time zone l.time_zone)::date)
    order by n.number`.execute(ctx.tx)
  return {
    ...frame,
    numbers: numbers.map(({ number, endedOn }) => ({ number, memo: '', ...(endedOn !== null && { endedOn }) })),
    mainNumber: numbers.find(({ isMain }) => isMain)?.number,
  }
}

/** Everything that lies in a line, whatever will be added to it. */
async function listTables({ tx }: CustomerContext): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'contract_id'
    where c.relnamespace = 'pbx'::regnamespace and c.relkind = 'r' and c.relname <> all ('{line,line_finding,change,changed_row}') order by 1`.execute(
    tx,
  )
  return rows.map(({ name }) => name)
}

/** By one statement: the keys between them are looked at when all are gone. */
async function deleteRows(
  ctx: CustomerContext,
  contractId: string,
  tables: readonly string[],
): Promise<Record<string, number>> {
  const parts = tables.map(
    (table) =>
      sql`${sql.id(`gone_${table}`)} as (delete from ${sql.id('pbx', table)} where ${ofLine(ctx, contractId)} returning 1)`,
  )
  const counts = tables.map(
    (table) => sql`select ${table}::text as name, (select count(*) from ${sql.id(`gone_${table}`)}) as rows`,
  )
  const { rows } = await sql<{ name: string; rows: number }>`
    with ${sql.join(parts)} ${sql.join(counts, sql` union all `)}`.execute(ctx.tx)
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]))
}
