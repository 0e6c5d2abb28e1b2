import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { Difference } from '#platform/put.ts'
import type { Changed, ImportKind, Named } from './importing.ts'

type Changes = Named & { kind: ImportKind }

/** The same with fields as the file calls them, and codes and numbers in the place of ids. */
export async function wordDifferences(tx: Transaction, changes: readonly Changes[]): Promise<Changes[]> {
  const names = await findNames(tx, changes)
  const named = (value: string | null): string | null => value?.replaceAll(uuid, (id) => names.get(id) ?? id) ?? null
  const word = ({ field, from, to }: Difference): Difference =>
    refers(field) ? { field: fieldOf(field), from: named(from), to: named(to) } : { field: fieldOf(field), from, to }
  const wordOf = ({ name, differences }: Changed): Changed => ({
    name,
    differences: differences.filter(({ field }) => !follows.has(field)).map(word),
  })
  return changes.map((each) => ({ ...each, changed: each.changed.map(wordOf) }))
}

const uuid = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g

/** Columns that follow from another field. */
const follows = new Set(['logo_type', 'subject_id'])

/** The columns whose ids are told by the file's own names. */
function refers(column: string): boolean {
  return column.endsWith('_id') || column === 'for_services'
}

/** Columns that are not called like their fields. */
const fields: Readonly<Record<string, string>> = {
  charges_url: 'charges',
  contact_window: 'window',
  first_extension: 'extensions.first',
  for_services: 'for',
  has_voicemail: 'voicemail',
  last_extension: 'extensions.last',
  most_extensions: 'extensions.most',
  most_groups: 'groups',
  service_category_id: 'category',
}

function fieldOf(column: string): string {
  return (
    fields[column] ??
    column
      .replace(/_id$/, '')
      .replace(/_(ja|en)$/, '.$1')
      .replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  )
}

/** What the ids stand for, of those that differ. */
async function findNames(tx: Transaction, changes: readonly Changes[]): Promise<Map<string, string>> {
  const ids = changes.flatMap(({ changed }) =>
    changed.flatMap(({ differences }) =>
      differences
        .filter(({ field }) => refers(field))
        .flatMap(({ from, to }) => [from, to].flatMap((value) => value?.match(uuid) ?? [])),
    ),
  )
  if (ids.length === 0) return new Map()
  const wanted = sql`any(${[...new Set(ids)]}::uuid[])`
  const { rows } = await sql<{ id: string; name: string }>`
    select id, code as name from service where id = ${wanted} union all select id, code from service_category where id = ${wanted}
    union all select id, code from site where id = ${wanted} union all select id, number from contract where id = ${wanted}`.execute(
    tx,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
