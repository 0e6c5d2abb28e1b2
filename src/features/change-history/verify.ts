import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Transaction } from '#platform/database.ts'
import { minutes } from '#platform/duration.ts'

export interface Chain {
  customer: string
  /** Rows whose hash is right, up to the first that is broken. */
  sealed: number
  /** The last of these, to be kept elsewhere: a chain whose end is cut off shows it nowhere else. */
  head: { sequence: number; hash: string }
  /** Rows that the worker has not come to yet. */
  unsealed: number
  broken: Broken | null
}

export interface Broken {
  sequence: number
  /** Null: there is no such row. */
  id: string | null
  why: 'changed' | 'missing' | 'before-the-checkpoint' | 'out-of-time'
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

/** Computes the chain of a customer anew. While it does, nothing is sealed or removed. */
export async function verifyChain(tx: Transaction, customer: { id: string; code: string }): Promise<Chain> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('seal_change_history'))`.execute(tx)
  const start = await findStart(tx, customer.id)
  const chain = { customer: customer.code, sealed: 0, unsealed: await countUnsealed(tx, customer.id) }
  let head = start
  let newestMs = -Infinity
  for (let from = 0; ;) {
    const rows = await readRows(tx, customer.id, from)
    for (const row of rows) {
      const hash = hashOfRow(head.hash, customer.id, row)
      const why = problemOf(row, { expected: head.sequence + 1, start: start.sequence, hash, newestMs })
      if (why) return { ...chain, head: told(head), broken: brokenAt(row, why, head.sequence + 1) }
      head = { sequence: Number(row.sequence), hash }
      newestMs = Math.max(newestMs, row.atMs)
      chain.sealed++
    }
    if (rows.length < rowsAtOnce) return { ...chain, head: told(head), broken: null }
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

interface Place {
  expected: number
  /** The last row that was removed by the rules. */
  start: number
  hash: Buffer
  newestMs: number
}

function problemOf(row: SealedRow, { expected, start, hash, newestMs }: Place): Broken['why'] | undefined {
  const sequence = Number(row.sequence)
  if (sequence <= start) return 'before-the-checkpoint'
  if (sequence !== expected) return 'missing'
  if (!hash.equals(row.hash)) return 'changed'
  return row.atMs < newestMs - mostOutOfTime ? 'out-of-time' : undefined
}

function brokenAt(row: SealedRow, why: Broken['why'], expected: number): Broken {
  return why === 'missing' ? { sequence: expected, id: null, why } : { sequence: Number(row.sequence), id: row.id, why }
}

function told({ sequence, hash }: { sequence: number; hash: Buffer }): Chain['head'] {
  return { sequence, hash: hash.toString('hex') }
}

async function findStart(tx: Transaction, customerId: string): Promise<{ sequence: number; hash: Buffer }> {
  const checkpoint = await tx
    .selectFrom('change_history_checkpoint')
    .where('customer_id', '=', customerId)
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return checkpoint ?? { sequence: 0, hash: Buffer.alloc(32) }
}

async function countUnsealed(tx: Transaction, customerId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from change_history where customer_id = ${customerId} and sequence is null`.execute(tx)
  return rows[0]?.n ?? 0
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
