import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import type { LineWriter } from '#features/lines/open.ts'
import { only } from '#platform/database/json-row.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import type { LineChange } from './begin.ts'
import { netRows } from './net-rows.ts'
import type { ChangedRow, SettingsRow } from './relations.ts'

/** The rows that the change under way has kept so far, in their order. */
export async function readKept(
  { tx, actor, contract }: Pick<LineWriter, 'tx' | 'actor' | 'contract'>,
  id: number,
): Promise<ChangedRow[]> {
  const { rows } = await sql<ChangedRow>`select relation, before, after from pbx.changed_row
    where customer_id = ${actor.customer.id} and contract_id = ${contract.id} and change_id = ${id} order by place`.execute(
    tx,
  )
  return rows
}

/** Keeps what a try has changed for its moment; answers the reservation, or undefined when nothing would become another. */
export async function keepReservation(
  ctx: LineWriter & { due: Date },
  { action, subject = '', undoes }: LineChange,
  kept: readonly ChangedRow[],
): Promise<string | undefined> {
  const rows = netRows(kept)
  if (rows.length === 0) return undefined
  const { tx, now, due, actor, contract } = ctx
  const { rows: made } = await sql<{ id: string }>`
    insert into pbx.reservation (customer_id, contract_id, due_at, reserved_at, actor_id, actor_name, action, subject, undoes, changes, numbers)
    values (${actor.customer.id}, ${contract.id}, ${due}, ${now}, ${actor.userId}, ${actor.name}, ${action}, ${subject},
      ${undoes ?? null}, ${JSON.stringify(rows)}::jsonb, ${numbersOf(rows)}::text[])
    returning id`.execute(tx)
  const { id } = only(made)
  await recordChange(ctx, {
    action: 'line-change-reserved',
    subject: { kind: 'contract', id: contract.id, name: contract.number },
    after: { action, about: subject, due: wallClockOf(due, ctx.line.timeZone) },
  })
  return id
}

/** The numbers whose settings the rows are, and the ids of business hours: those of members are the group's. */
function numbersOf(rows: readonly ChangedRow[]): string[] {
  const numbers = rows.flatMap(({ relation, before, after }) =>
    [before, after].flatMap((row) => (row ? [numberOf(relation, row)] : [])),
  )
  return [...new Set(numbers.filter((each) => typeof each === 'string'))]
}

function numberOf(relation: ChangedRow['relation'], row: SettingsRow): SettingsRow[string] | undefined {
  if (relation === 'call_group_member') return row['call_group']
  if (relation === 'calendar') return row['id']
  if (relation === 'calendar_slot' || relation === 'calendar_day') return row['calendar_id']
  return relation === 'forward' ? row['extension'] : row['number']
}
