import { refreshContractStatus } from '#features/contracts/refresh-status.ts'
import type { Mailing } from '#features/operator-context.ts'
import { takeTurn } from '#features/operators/take-turn.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import { type ImportContent, importFormat } from './import-format.ts'
import { expectEachOnce } from './inner/each-once.ts'
import { importCustomers } from './inner/import-customers.ts'
import { importOperator, importOutages } from './inner/import-operator.ts'
import { type Counts, type ImportKind, importKinds, type Named } from './inner/importing.ts'
import { wordDifferences } from './inner/word-differences.ts'
import { FaultyFile, type JsonFile, readJson, readJsonFile } from './json-file.ts'

/** What came of one file, in the order of the format; only kinds that the file names. */
export interface ImportSummary {
  path: string
  file: Pick<JsonFile<unknown>, 'sha256' | 'size'>
  counts: ({ kind: ImportKind } & Counts)[]
  changes: Changes[]
  /** What the database has and the file no longer names; nothing of it was deleted. */
  unnamed: Unnamed[]
}

export interface Changes extends Named {
  kind: ImportKind
}

export interface Unnamed {
  kind: ImportKind
  /** The code of the customer; absent for what belongs to the operator. */
  customer?: string
  /** Codes, numbers, names or mail addresses. */
  names: readonly string[]
}

/** When, and with what; without `mailing` no file can create a user, who has to be sent the opening notice. */
export interface ImportOptions {
  now: Date
  mailing: Mailing | 'held' | undefined
  report: ReportProgress
  /** Called with what came of a file, once it is kept. */
  onTaken?: (summary: ImportSummary) => Promise<void> | void
  /** Does everything and keeps nothing. */
  isTrial?: boolean
  /** Tells in what the changed entries differ; unless told, in a trial. */
  tellsDifferences?: boolean
  /** Whether customers that were there before get new users: who makes one can be it. Unless told, they do. */
  addsUsers?: boolean
}

/** How far the import of a file is: entries done, of all that it has. */
export type ReportProgress = (path: string, done: number, total: number) => void

/**
 * Brings the files into the database, each in a transaction of its own, after all of them have been read and checked.
 * What they name is made or changed to what they say; groups and users are made once and never touched again.
 *
 * The database is the operator's (role `portal_operator`). Throws a FaultyFile when a file does not fit its format or the
 * database: of that file then nothing is kept, and the ones before it are.
 */
export async function importFiles(
  database: Database,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportSummary[]> {
  const files = await readImportFiles(paths)
  if (options.isTrial) return tryFiles(database, files, options)
  const summaries: ImportSummary[] = []
  for (const file of files) {
    const summary = await database.transaction((tx) => importFile(tx, file, options))
    await options.onTaken?.(summary)
    summaries.push(summary)
  }
  return summaries
}

/** In one transaction that is undone: a later file may need what an earlier one brings. */
async function tryFiles(
  database: Database,
  files: readonly JsonFile<ImportContent>[],
  options: ImportOptions,
): Promise<ImportSummary[]> {
  return database.transaction((tx) =>
    withSavepoint(
      tx,
      async () => {
        const summaries: ImportSummary[] = []
        for (const file of files) summaries.push(await importFile(tx, file, options))
        return summaries
      },
      () => true,
    ),
  )
}

/** The same of one that is not on a disk here. */
export function readImportBytes(name: string, bytes: Uint8Array): JsonFile<ImportContent> {
  return readJson(name, bytes, importFormat)
}

/** Reads files in the format of imports. Throws a FaultyFile with the faults of all of them. */
export async function readImportFiles(paths: readonly string[]): Promise<JsonFile<ImportContent>[]> {
  const files: JsonFile<ImportContent>[] = []
  const faults: string[] = []
  for (const path of paths) {
    try {
      files.push(await readJsonFile(path, importFormat))
    } catch (error) {
      if (!(error instanceof FaultyFile)) throw error
      faults.push(...error.faults)
    }
  }
  if (faults.length > 0) throw new FaultyFile(faults)
  return files
}

/** One file within a transaction of the operator's; see importFiles. */
export async function importFile(
  tx: Transaction,
  file: JsonFile<ImportContent>,
  { now, mailing, report, isTrial = false, tellsDifferences = isTrial, addsUsers = true }: ImportOptions,
): Promise<ImportSummary> {
  await takeTurn(tx)
  const total = countEntries(file.content)
  const counts = new Map<ImportKind, Counts>()
  const unnamed: Unnamed[] = []
  const changes: Changes[] = []
  let done = 0
  const progress = (entries: number): void => report(file.path, (done += entries), total)
  const importing = {
    ctx: { tx, now, progress, tellsDifferences },
    mailing,
    addsUsers,
    file,
    tally(kind: ImportKind, more: Counts, named?: Named) {
      counts.set(kind, add(counts.get(kind), more))
      if (named && named.created.length + named.changed.length > 0) changes.push({ kind, ...named })
    },
    unnamed(kind: ImportKind, names: readonly string[], customer?: string) {
      if (names.length > 0) unnamed.push({ kind, names, ...(customer && { customer }) })
    },
  }
  expectEachOnce(file)
  await importOperator(importing)
  await importCustomers(importing)
  await importOutages(importing)
  await refreshContractStatus(tx, now)
  return {
    path: file.path,
    file: { sha256: file.sha256, size: file.size },
    counts: inOrder(counts),
    changes: tellsDifferences ? await wordDifferences(tx, changes) : changes,
    unnamed,
  }
}

function inOrder(counts: ReadonlyMap<ImportKind, Counts>): ImportSummary['counts'] {
  return importKinds.flatMap((kind) => {
    const found = counts.get(kind)
    return found ? [{ kind, ...found }] : []
  })
}

function add(known: Counts | undefined, more: Counts): Counts {
  if (!known) return more
  return {
    created: known.created + more.created,
    changed: known.changed + more.changed,
    unchanged: known.unchanged + more.unchanged,
  }
}

function countEntries({ customers = [], operator, ...lists }: ImportContent): number {
  const ofCustomers = customers.map((customer) => 1 + countListed(customer))
  return (operator ? 1 : 0) + countListed(lists) + ofCustomers.reduce((sum, each) => sum + each, 0)
}

function countListed(entry: object): number {
  return Object.values(entry).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0)
}
