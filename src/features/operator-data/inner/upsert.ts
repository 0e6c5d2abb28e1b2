import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** How rows of an import find their place in a table. */
export interface ImportTable {
  name: string
  /** The columns of the unique constraint by which a row is known again. */
  key: readonly string[]
  /** Those that an import keeps as the file says. */
  kept: Columns
  /** Those that are written once, when the row is made. */
  once?: Columns
}

/** Columns with their PostgreSQL types. */
type Columns = Readonly<Record<string, string>>

export type ImportRow = Readonly<Record<string, unknown>>

export interface Counts {
  created: number
  changed: number
  unchanged: number
}

/**
 * Makes the rows that are missing, changes those that differ and leaves the others untouched: not even locked, so that
 * importing the same file again costs no writing. Calls `progress` with the number of rows done, batch by batch.
 */
export async function upsert(
  tx: Transaction,
  { table, rows }: { table: ImportTable; rows: readonly ImportRow[] },
  progress: (rows: number) => void,
): Promise<Counts> {
  const counts = { created: 0, changed: 0, unchanged: 0 }
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch)
    const { rows: written } = await upsertBatch(table, part).execute(tx)
    const created = written.filter(({ isNew }) => isNew).length
    counts.created += created
    counts.changed += written.length - created
    counts.unchanged += part.length - written.length
    progress(part.length)
  }
  return counts
}

/** Large enough that the triggers of a statement cost little for each row, small enough to show progress. */
const batch = 5000

function upsertBatch({ name, key, kept, once = {} }: ImportTable, rows: readonly ImportRow[]) {
  const columns = { ...kept, ...once }
  const changing = Object.keys(kept).filter((column) => !key.includes(column))
  const of = (table: string, names: readonly string[]) => sql.join(names.map((column) => sql.ref(`${table}.${column}`)))
  const types = Object.entries(columns).map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`)
  const all = Object.keys(columns)
  // A row that this statement has inserted has no deleting transaction (xmax); one that it has updated has.
  return sql<{ isNew: boolean }>`
    insert into ${sql.table(name)} as stored (${sql.join(all.map((column) => sql.ref(column)))})
    select ${of('given', all)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(${sql.join(types)})
    left join ${sql.table(name)} as found on (${of('found', key)}) = (${of('given', key)})
    where ${sql.ref(`found.${key[0]}`)} is null or (${of('found', changing)}) is distinct from (${of('given', changing)})
    on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update
      set ${sql.join(changing.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))}
    returning xmax = 0 as "isNew"`
}
