import { type RawBuilder, sql } from 'kysely'
import type { Difference, Put } from '../put.ts'
import type { Transaction } from './database.ts'

/** How rows find their place in a table by a key that is not their id. */
export interface KeyedTable {
  name: string
  /** The columns of the unique constraint by which a row is known again. */
  key: readonly string[]
  /** The columns that are null in the rows among which the key is unique; others are not known again. */
  among?: readonly string[]
  /** Those that are kept as the newest rows say. */
  kept: Columns
  /** Those that are written once, when the row is made. */
  once?: Columns
  /** The one of them that says whose the row is: a row of somebody else is never changed. */
  owner?: string
  /** What Put answers as the id, where no column is called so. */
  id?: string
}

/** Columns with their PostgreSQL types. */
type Columns = Readonly<Record<string, string>>

export type KeyedRow = Readonly<Record<string, unknown>>

interface Writing {
  tx: Transaction
  /** Called with the number of rows done, batch by batch. */
  progress?: (rows: number) => void
  /** Whether it is answered in what the changed rows differ. */
  tellsDifferences?: boolean
}

/**
 * Makes the rows that are missing, changes those that differ and leaves the others untouched: not even locked, so that
 * the same rows again cost no writing. No two rows may have the same key.
 */
export async function upsert(
  { tx, progress, tellsDifferences = false }: Writing,
  table: KeyedTable,
  rows: readonly KeyedRow[],
): Promise<readonly Put[]> {
  const put: Put[] = []
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch)
    const { rows: done } = await upsertBatch(table, part, tellsDifferences).execute(tx)
    for (const { id, was, differences } of done) {
      if (id === null) throw new Error(`A row of ${table.name} became somebody else's in this moment`)
      put.push({ id, was, ...(differences && { differences }) })
    }
    progress?.(part.length)
  }
  return put
}

/** Large enough that the triggers of a statement cost little for each row, small enough to show progress. */
const batch = 5000

function upsertBatch(
  { name, key, among = [], kept, once = {}, owner, id = 'id' }: KeyedTable,
  rows: readonly KeyedRow[],
  tellsDifferences: boolean,
) {
  const columns = { ...kept, ...once }
  const all = Object.keys(columns)
  const changing = Object.keys(kept).filter((column) => !key.includes(column))
  const of = (table: string, names: readonly string[]) => sql.join(names.map((column) => sql.ref(`${table}.${column}`)))
  const listed = (names: readonly string[]) => sql.join(names.map((column) => sql.ref(column)))
  const types = Object.entries(columns).map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`)
  const isOwn = owner
    ? sql`where ${sql.ref(`stored.${owner}`)} is not distinct from ${sql.ref(`excluded.${owner}`)}`
    : sql``
  const areNull = (alias: string): RawBuilder<unknown> =>
    sql.join(
      among.map((column) => sql`${sql.ref(alias + column)} is null`),
      sql` and `,
    )
  // A row that the statement has inserted has no deleting transaction (xmax); one that it has updated has.
  return sql<{ id: string | null; was: Put['was']; differences: Difference[] | null }>`
    with known as (
      select given.*, ${tellsDifferences ? differencesOf(changing, kept) : sql`null::json`} as differences, ${sql.ref(`found.${id}`)} as found_id, ${sql.ref(`found.${key[0]}`)} is not null
        and (${of('found', changing)}) is not distinct from (${of('given', changing)}) as is_same
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (${sql.join(types)})) with ordinality as given
      left join ${sql.table(name)} as found on (${of('found', key)}) = (${of('given', key)})${among.length > 0 ? sql` and ${areNull('found.')}` : sql``}
    ), written as (
      insert into ${sql.table(name)} as stored (${listed(all)}) select ${listed(all)} from known where not is_same
      on conflict (${listed(key)})${among.length > 0 ? sql` where ${areNull('')}` : sql``} do update
        set ${sql.join(changing.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))} ${isOwn}
      returning ${sql.ref(id)} as written_id, xmax = 0 as is_new, ${listed(key)}
    )
    select case when is_same then found_id else written_id end as id,
      case when is_same then 'unchanged' when is_new then 'created' else 'changed' end as was, case when not is_same and not is_new then differences end as differences
    from known left join written on (${of('written', key)}) = (${of('known', key)}) order by ordinality`
}

/** In what a stored row differs from what is given, as JSON; a picture is told by its size and hash. */
function differencesOf(changing: readonly string[], types: Columns): RawBuilder<unknown> {
  const told = (of: string, column: string): RawBuilder<unknown> => {
    const value = sql.ref(`${of}.${column}`)
    return types[column] === 'bytea'
      ? sql`octet_length(${value}) || ' bytes, MD5 ' || md5(${value})`
      : sql`to_jsonb(${value}) #>> '{}'`
  }
  const columns = changing.map(
    (column) => sql`(${sql.lit(column)}, ${told('found', column)}, ${told('given', column)})`,
  )
  return sql`(select json_agg(json_build_object('field', field, 'from', former, 'to', latter))
    from (values ${sql.join(columns)}) as each_column (field, former, latter) where former is distinct from latter)`
}
