import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { importFile, type ImportSummary, readImportBytes, type Unnamed } from '#features/operator-data/import.ts'
import { FaultyFile } from '#features/operator-data/json-file.ts'
import type { Mailing } from '#features/operator-context.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import { noteFailed, noteResult } from './inner/note.ts'
import { endsMany, type RunResult } from './run.ts'

/** What the worker does it with. */
export interface Running extends Mailing {
  database: Database
  log: Log
  now: () => Date
  /** It is not called again, whatever comes of it. */
  isLastTry: boolean
}

interface DueRun {
  id: string
  name: string
  sha256: string
  state: 'waiting' | 'queued'
  holdsNotices: boolean
  endsConfirmed: boolean
  expiresAt: Date
  counts: ImportSummary['counts']
}

/**
 * Tries a file that was brought, or applies it once that was confirmed: in one transaction with the note of what came of it, so
 * whatever has broken it off, it is done once or not at all.
 */
export async function runImport(running: Running, id: string): Promise<void> {
  const { database, log, isLastTry } = running
  try {
    await database.transaction(async (tx) => {
      const run = await findDue(tx, id)
      if (run) await work(running, tx, run)
    })
  } catch (error) {
    if (error instanceof FaultyFile)
      return database.transaction((tx) => noteFailed(tx, id, { faults: error.faults, now: running.now() }))
    if (!isLastTry) throw error
    log.error({ err: error, run: id }, 'an import could not be run')
    await database.transaction((tx) => noteFailed(tx, id, { faults: [brokenOff], now: running.now() }))
  }
}

/** No fault of the file's. */
const brokenOff = 'could not be worked on: bring it once more, and tell whoever runs the system'
const changedMeanwhile = 'would do something else by now than when it was tried: bring it once more'
const endsUnconfirmed = 'would end more contracts than was confirmed: bring it once more'
const notTheSame = 'is not the file that was tried: bring it once more'

async function findDue(tx: Transaction, id: string): Promise<DueRun | undefined> {
  const { rows } = await sql<DueRun>`
    select id, name, sha256, state, holds_notices as "holdsNotices", ends_confirmed as "endsConfirmed", expires_at as "expiresAt", counts
    from import_run where id = ${id} and state in ('waiting', 'queued') for update`.execute(tx)
  return rows[0]
}

async function work(running: Running, tx: Transaction, run: DueRun): Promise<void> {
  const bytes = await readBytes(tx, run.id)
  if (createHash('sha256').update(bytes).digest('hex') !== run.sha256) throw faulty(run, notTheSame)
  const file = readImportBytes(run.name, bytes)
  const now = running.now()
  const { secrets, portalUrl, consoleUrl } = running
  const isTrial = run.state === 'waiting'
  const options = {
    now,
    mailing: run.holdsNotices ? ('held' as const) : { secrets, portalUrl, consoleUrl },
    report: () => undefined,
    isTrial,
    tellsDifferences: true,
    // A new administrator takes two members of staff, and whoever brings a file is one.
    addsUsers: false,
  }
  const result = await withSavepoint(
    tx,
    async () => {
      const contracts = await countContracts(tx)
      const { counts, changes, unnamed } = await importFile(tx, file, options)
      return {
        counts,
        changes,
        unnamed: unnamed.map(withoutAddresses),
        contracts,
        ends: countEnds(changes),
      } satisfies RunResult
    },
    () => isTrial,
  )
  if (!isTrial) {
    if (!isDeepStrictEqual(result.counts, run.counts)) throw faulty(run, changedMeanwhile)
    if (endsMany(result) && !run.endsConfirmed) throw faulty(run, endsUnconfirmed)
  }
  await noteResult(tx, run.id, { result, state: isTrial ? 'tried' : 'applied', now })
  if (isTrial) await noteLooks(tx, run.id, now)
}

/** Whoever reads what a file would change reads what those customers have. */
async function noteLooks(tx: Transaction, id: string, now: Date): Promise<void> {
  await sql`
    insert into staff_visit (customer_id, at, staff_id, path)
    select c.id, ${now}, r.staff_id, ${`/imports/${id}`} from import_run r join customer c on not c.is_house and c.code in (
      select told ->> 'customer' from jsonb_array_elements(r.changes || r.unnamed) told
      union all select of ->> 'name' from jsonb_array_elements(r.changes) told, jsonb_array_elements(told -> 'changed') of
        where told ->> 'kind' = 'customers')
    where r.id = ${id} and r.staff_id is not null`.execute(tx)
}

/** Of users a run keeps no address: whoever brings a file has not looked at the customer. */
function withoutAddresses({ names, ...of }: Unnamed): Unnamed {
  const initial = (mail: string): string => mail.replace(/^(.?)[^@]*/, '$1***')
  return { ...of, names: of.kind === 'users' ? names.map(initial) : names }
}

function faulty({ name }: DueRun, why: string): FaultyFile {
  return new FaultyFile([`${name}: ${why}`])
}

async function readBytes(tx: Transaction, id: string): Promise<Buffer> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from import_part where run_id = ${id} order by number`.execute(tx)
  return Buffer.concat(rows.map(({ bytes }) => bytes))
}

async function countContracts(tx: Transaction): Promise<number> {
  const { rows } = await sql<{ contracts: number }>`
    select count(*)::integer as contracts from contract where ended_on is null`.execute(tx)
  return rows[0]?.contracts ?? 0
}

/** A contract ends where it had no such day. */
function countEnds(changes: ImportSummary['changes']): number {
  return changes
    .filter(({ kind }) => kind === 'contracts')
    .flatMap(({ changed }) => changed)
    .filter(({ differences }) => differences.some(({ field, from, to }) => field === 'endedOn' && !from && to)).length
}
