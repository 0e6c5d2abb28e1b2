import type { Transaction } from '#platform/database.ts'
import type { ImportContent } from '../import-format.ts'
import type { JsonFile } from '../json-file.ts'
import type { Counts } from './upsert.ts'

/** What an import file can name, by its keys. */
export const importKinds = [
  'operator',
  'serviceCategories',
  'services',
  'customers',
  'sites',
  'contracts',
  'incidents',
  'groups',
  'users',
] as const
export type ImportKind = (typeof importKinds)[number]

/** One file on its way into the database. */
export interface Importing {
  tx: Transaction
  now: Date
  file: JsonFile<ImportContent>
  tally(kind: ImportKind, counts: Counts): void
  progress(things: number): void
  /** Notes what the database has and the file does not name. */
  unnamed(kind: ImportKind, names: readonly string[], customer?: string): void
}
