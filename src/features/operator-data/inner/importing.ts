import type { Transaction } from '#platform/database/database.ts'
import type { Visitor } from '#platform/context.ts'
import type { CustomerEntry, ImportContent } from '../import-format.ts'
import type { JsonFile } from '../json-file.ts'
import type { JsonPath } from './json-places.ts'
import type { Counts } from './upsert.ts'

/** What an import file can name, by its keys. */
export const importKinds = [
  'operator',
  'serviceCategories',
  'services',
  'manuals',
  'recommendations',
  'notices',
  'customers',
  'sites',
  'contracts',
  'incidents',
  'orders',
  'tickets',
  'blockedTraffic',
  'groups',
  'users',
] as const
export type ImportKind = (typeof importKinds)[number]

/** What mails to the users that an import creates are made with. */
export type Mailing = Pick<Visitor, 'secrets' | 'portalUrl'>

/** One file on its way into the database. */
export interface Importing {
  tx: Transaction
  now: Date
  mailing: Mailing | undefined
  file: JsonFile<ImportContent>
  tally: (kind: ImportKind, counts: Counts) => void
  progress: (entries: number) => void
  /** Notes what the database has and the file does not name. */
  unnamed: (kind: ImportKind, names: readonly string[], customer?: string) => void
}

/** A customer of the file that is in the database by now. */
export interface ImportedCustomer {
  id: string
  entry: CustomerEntry
  /** Where it stands in the file. */
  path: JsonPath
  operator: OperatorRules
}

/** What the operator demands of the customers' data. */
export interface OperatorRules {
  contractNumberPattern: string
  timeZone: string
  /** The day in the operator's time zone. */
  today: string
}
