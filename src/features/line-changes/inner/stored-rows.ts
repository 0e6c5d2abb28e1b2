import { type RawBuilder, sql } from 'kysely'
import type { LineWriter } from '#features/lines/open.ts'
import { type Relation, relations, type SettingsRow } from './relations.ts'

type LineRows = Pick<LineWriter, 'tx' | 'actor' | 'contract'>

// What applying rows asks of the database and tells it: one statement for a relation, however many rows.

/** The rows that have these keys, as a change would keep them. */
export async function readRows(
  ctx: LineRows,
  relation: Relation,
  keys: readonly SettingsRow[],
): Promise<SettingsRow[]> {
  if (keys.length === 0) return []
  const { key, others } = relations[relation]
  const facts = sql.join([...key, ...others].map((column) => sql`${sql.lit(column)}, ${sql.ref(`t.${column}`)}`))
  const { rows } = await sql<{ row: SettingsRow }>`
    select jsonb_build_object(${facts}) as row from ${given(relation, keys)} g join ${table(relation)} t on ${sameKey(relation)}
    where ${within(ctx)}`.execute(ctx.tx)
  return rows.map(({ row }) => row)
}

/** Gives inside numbers other numbers; everything that names them follows. */
export async function renumber(ctx: LineRows, moves: readonly { from: SettingsRow; to: SettingsRow }[]): Promise<void> {
  if (moves.length === 0) return
  const pairs = JSON.stringify(moves.map(({ from, to }) => ({ old: from['number'], new: to['number'] })))
  await sql`update pbx.inside_number t set number = g.new from jsonb_to_recordset(${pairs}::jsonb) as g (old text, new text)
    where ${within(ctx)} and t.number = g.old`.execute(ctx.tx)
}

export async function insertRows(ctx: LineRows, relation: Relation, rows: readonly SettingsRow[]): Promise<void> {
  if (rows.length === 0) return
  const { key, others } = relations[relation]
  const columns = [...key, ...others]
  await sql`insert into ${table(relation)} (customer_id, contract_id, ${sql.join(columns.map((column) => sql.ref(column)))})
    select ${ctx.actor.customer.id}::uuid, ${ctx.contract.id}::uuid, ${sql.join(columns.map((column) => sql.ref(`g.${column}`)))}
    from ${given(relation, rows)} g`.execute(ctx.tx)
}

/** Sets everything but the key. */
export async function updateRows(ctx: LineRows, relation: Relation, rows: readonly SettingsRow[]): Promise<void> {
  if (rows.length === 0) return
  const { others, isVersioned } = relations[relation]
  const sets = others.map((column) => sql`${sql.ref(column)} = ${sql.ref(`g.${column}`)}`)
  const counted = isVersioned ? [...sets, sql`version = t.version + 1`] : sets
  await sql`update ${table(relation)} t set ${sql.join(counted)} from ${given(relation, rows)} g
    where ${within(ctx)} and ${sameKey(relation)}`.execute(ctx.tx)
}

export async function deleteRows(ctx: LineRows, relation: Relation, rows: readonly SettingsRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`delete from ${table(relation)} t using ${given(relation, rows)} g
    where ${within(ctx)} and ${sameKey(relation)}`.execute(ctx.tx)
}

/** Those of the rows which name something that is not there. */
export async function withoutTarget(
  ctx: LineRows,
  relation: Relation,
  rows: readonly SettingsRow[],
): Promise<SettingsRow | undefined> {
  for (const [column, [other, key]] of Object.entries(relations[relation].references)) {
    const naming = rows.filter((row) => (row[column] ?? null) !== null)
    if (naming.length === 0) continue
    const named = naming.map((row) => row[column])
    const { rows: found } = await sql<{ key: string }>`
      select ${sql.ref(`t.${key}`)}::text as key from ${table(other)} t
      where ${within(ctx)} and ${sql.ref(`t.${key}`)}::text = any(${named}::text[])`.execute(ctx.tx)
    const there = new Set(found.map((row) => row.key))
    const missing = naming.find((row) => !there.has(String(row[column])))
    if (missing) return missing
  }
  return undefined
}

/** Whether one of these numbers outside was never confirmed for the line: calls cannot be passed on to it. */
export async function isUnconfirmed(ctx: LineRows, numbers: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from unnest(${numbers}::text[]) given (number)
    where not exists (select from pbx.outside_target t where ${within(ctx)} and t.number = given.number) limit 1`.execute(
    ctx.tx,
  )
  return rows.length > 0
}

/** Whether something still names one of these rows, which are about to be removed. */
export async function isStillNamed(ctx: LineRows, relation: Relation, rows: readonly SettingsRow[]): Promise<boolean> {
  const naming = Object.entries(relations).flatMap(([name, { references }]) =>
    Object.entries(references).flatMap(([column, [other, key]]) => (other === relation ? [{ name, column, key }] : [])),
  )
  if (naming.length === 0 || rows.length === 0) return false
  const questions = naming.map(
    ({ name, column, key }) => sql`exists (select from ${sql.table(`pbx.${name}`)} t
      where ${within(ctx)} and ${sql.ref(`t.${column}`)}::text = any(${rows.map((row) => String(row[key]))}::text[]))`,
  )
  const { rows: answers } = await sql<{ named: boolean }>`select ${sql.join(questions, sql` or `)} as named`.execute(
    ctx.tx,
  )
  return answers[0]?.named ?? false
}

/** Whether two members of one of the groups stand in the same place. */
export async function isOrderBroken(ctx: LineRows, groups: readonly unknown[]): Promise<boolean> {
  const { rows } = await sql`
    select from pbx.call_group_member t where ${within(ctx)} and t.call_group = any(${groups}::text[])
    group by t.call_group, t.position having count(*) > 1 limit 1`.execute(ctx.tx)
  return rows.length > 0
}

const table = (relation: Relation): RawBuilder<unknown> => sql.table(`pbx.${relation}`)

function given(relation: Relation, rows: readonly SettingsRow[]): RawBuilder<unknown> {
  return sql`jsonb_populate_recordset(null::${table(relation)}, ${JSON.stringify(rows)}::jsonb)`
}

function within({ actor, contract }: LineRows): RawBuilder<boolean> {
  return sql<boolean>`t.customer_id = ${actor.customer.id} and t.contract_id = ${contract.id}`
}

function sameKey(relation: Relation): RawBuilder<boolean> {
  const same = relations[relation].key.map((column) => sql`${sql.ref(`t.${column}`)} = ${sql.ref(`g.${column}`)}`)
  return sql<boolean>`${sql.join(same, sql` and `)}`
}
