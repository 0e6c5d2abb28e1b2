import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { minutes } from '#platform/time/duration.ts'

/** A place in a chain: the number of a row, and its hash. */
export interface Head {
  sequence: number
  hash: Buffer
}

export interface Chain {
  customer: string
  /** Rows whose hash is right, up to the first that is broken. */
  sealed: number
  /** The last of these, to be kept elsewhere: a chain whose end is cut off shows it nowhere else. */
  head: Head
  /** Rows that the worker has not come to yet. */
  unsealed: number
  /** Of these, those it should have come to long since. */
  late: number
  broken: Broken | null
}

export interface Broken {
  sequence: number
  /** Null: there is no such row. */
  id: string | null
  why:
    | 'changed'
    | 'missing'
    | 'before-the-checkpoint'
    | 'out-of-time'
    | 'in-the-future'
    // Held against a head that was kept.
    | 'other-head'
    | 'cut-off'
    | 'head-removed'
}

/** A row, all of it as text: nothing is lost by reading it. */
interface SealedRow {
  sequence: string
  id: string
  at: string
  atMs: number
  actorId: string | null
  actorName: string
  action: string
  kind: string
  subjectId: string | null
  subjectName: string
  before: string | null
  after: string | null
  hash: Buffer
}

const rowsAtOnce = 10_000

/** Requests end long before, and the clocks of machines differ by less: a row is not that much older than one before it. */
const mostOutOfTime = 10 * minutes

export interface VerifyAsked {
  now: Date
  /** The head of the same chain at an earlier time: the chain must still lead through it. */
  kept?: Head | undefined
}

/** Computes the chain of a customer anew, in a transaction of its own. */
export async function verifyChain(
  tx: Transaction,
  customer: { id: string; code: string },
  { now, kept }: VerifyAsked,
): Promise<Chain> {
  // All is read as of one moment, whatever is sealed and removed meanwhile.
  await sql`set transaction isolation level repeatable read, read only`.execute(tx)
  const start = await findStart(tx, customer.id)
  const chain = { customer: customer.code, sealed: 0, ...(await countUnsealed(tx, customer.id, now)) }
  const brokenAtStart = kept && problemOfStart(start, kept)
  if (brokenAtStart) return { ...chain, head: start, broken: brokenAtStart }
  let head = start
  let newestMs = -Infinity
  for (let from = 0; ;) {
    const rows = await readRows(tx, customer.id, from)
    for (const row of rows) {
      const hash = hashOfRow(head.hash, customer.id, row)
      const why = problemOf(row, { expected: head.sequence + 1, start: start.sequence, hash, newestMs, now, kept })
      if (why) return { ...chain, head, broken: brokenAt(row, why, head.sequence + 1) }
      head = { sequence: Number(row.sequence), hash }
      newestMs = Math.max(newestMs, row.atMs)
      chain.sealed++
    }
    if (rows.length < rowsAtOnce) return { ...chain, head, broken: kept ? problemOfEnd(head, kept) : null }
    from = head.sequence
  }
}

/** SHA-256 of the hash before, and of the row as it is written down in docs/security.md. */
function hashOfRow(previous: Buffer, customerId: string, row: SealedRow): Buffer {
  const { sequence, id, at, actorId, actorName, action, kind, subjectId, subjectName, before, after } = row
  const text = JSON.stringify([
    customerId,
    sequence,
    id,
    at,
    actorId,
    actorName,
    action,
    kind,
    subjectId,
    subjectName,
    before,
    after,
  ])
  return createHash('sha256').update(previous).update(text).digest()
}

interface Place extends VerifyAsked {
  expected: number
  /** The last row that was removed by the rules. */
  start: number
  hash: Buffer
  newestMs: number
}

function problemOf(row: SealedRow, place: Place): Broken['why'] | undefined {
  const { expected, start, hash, newestMs, now, kept } = place
  const sequence = Number(row.sequence)
  if (sequence <= start) return 'before-the-checkpoint'
  if (sequence !== expected) return 'missing'
  if (!hash.equals(row.hash)) return 'changed'
  if (kept?.sequence === sequence && !kept.hash.equals(hash)) return 'other-head'
  if (row.atMs > now.getTime() + mostOutOfTime) return 'in-the-future'
  return row.atMs < newestMs - mostOutOfTime ? 'out-of-time' : undefined
}

function brokenAt(row: SealedRow, why: Broken['why'], expected: number): Broken {
  return why === 'missing' ? { sequence: expected, id: null, why } : { sequence: Number(row.sequence), id: row.id, why }
}

function problemOfStart(start: Head, kept: Head): Broken | undefined {
  const { sequence } = kept
  if (sequence < start.sequence) return { sequence, id: null, why: 'head-removed' }
  const isOther = sequence === start.sequence && !kept.hash.equals(start.hash)
  return isOther ? { sequence, id: null, why: 'other-head' } : undefined
}

function problemOfEnd({ sequence }: Head, kept: Head): Broken | null {
  return sequence < kept.sequence ? { sequence: sequence + 1, id: null, why: 'cut-off' } : null
}

async function findStart(tx: Transaction, customerId: string): Promise<Head> {
  const checkpoint = await tx
    .selectFrom('change_history_checkpoint')
    .where('customer_id', '=', customerId)
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return checkpoint ?? { sequence: 0, hash: Buffer.alloc(32) }
}

async function countUnsealed(
  tx: Transaction,
  customerId: string,
  now: Date,
): Promise<Pick<Chain, 'unsealed' | 'late'>> {
  const isLate = sql`at < ${new Date(now.getTime() - mostOutOfTime)}`
  const { rows } = await sql<Pick<Chain, 'unsealed' | 'late'>>`
    select count(*)::int as unsealed, count(*) filter (where ${isLate})::int as late
    from change_history where customer_id = ${customerId} and sequence is null`.execute(tx)
  return rows[0] ?? { unsealed: 0, late: 0 }
}

async function readRows(tx: Transaction, customerId: string, from: number): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select sequence::text, id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      extract(epoch from at)::float8 * 1000 as "atMs", actor_id::text as "actorId", actor_name as "actorName", action,
      subject_kind as kind, subject_id::text as "subjectId", subject_name as "subjectName", before::text, after::text, hash
    from change_history where customer_id = ${customerId} and sequence > ${from} order by change_history.sequence limit ${sql.lit(rowsAtOnce)}`.execute(
    tx,
  )
  return rows
}
