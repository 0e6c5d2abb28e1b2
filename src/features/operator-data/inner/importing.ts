import type { CustomerContext, Mailing, OperatorContext } from '#features/operator-context.ts'
import type { OperatorRules } from '#features/operators/rules.ts'
import type { Difference, Put } from '#platform/put.ts'
import type { CustomerEntry, ImportContent } from '../import-format.ts'
import type { JsonFile } from '../json-file.ts'
import type { JsonPath } from './json-places.ts'

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
  'lines',
  'lineNumbers',
  'incidents',
  'orders',
  'tickets',
  'blockedTraffic',
  'groups',
  'users',
  'outages',
] as const
export type ImportKind = (typeof importKinds)[number]

/** How many entries were put, by what became of them. */
export type Counts = Record<Put['was'], number>

/** What was made and what was changed, by code, number, name or mail address. */
export interface Named {
  /** The code of the customer; absent for what belongs to the operator. */
  customer?: string
  created: readonly string[]
  changed: readonly Changed[]
}

export interface Changed {
  name: string
  /** In a trial. */
  differences: readonly Difference[]
}

/** One file on its way into the database. */
export interface Importing {
  ctx: OperatorContext
  mailing: Mailing | 'held' | undefined
  /** To customers that were there before, too. */
  addsUsers: boolean
  file: JsonFile<ImportContent>
  /** `named`: whose, and what was made and what changed. */
  tally: (kind: ImportKind, counts: Counts, named?: Named) => void
  /** Notes what the database has and the file does not name. */
  unnamed: (kind: ImportKind, names: readonly string[], customer?: string) => void
}

/** A customer of the file that is in the database by now. */
export interface ImportedCustomer {
  ctx: CustomerContext
  entry: CustomerEntry
  /** Where it stands in the file. */
  path: JsonPath
  operator: OperatorRules
  /** This file has made it. */
  isNew: boolean
}
