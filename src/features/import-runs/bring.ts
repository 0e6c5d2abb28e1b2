import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { StaffContext } from '#features/staff/context.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, hours } from '#platform/time/duration.ts'

/** How long a file that was brought can be applied. */
const keptFor = 1 * hours

/** Bytes of a part: a value in one piece would travel twice as long. */
const bytesOfPart = 256 * 1024

export interface BroughtFile {
  name: string
  bytes: Buffer
  holdsNotices: boolean
}

/** Of all staff, at a time: each may have 10 MB. */
const mostKept = 20

/** Keeps a file for an hour and has the worker try it; answers the run's id. What is in it nobody judges before. */
export async function bringFile(
  { tx, now, actor, staff }: StaffContext,
  { name, bytes, holdsNotices }: BroughtFile,
): Promise<Outcome<string, 'too-many-kept'>> {
  if ((await countKept({ tx, now })) >= mostKept) return refuse('too-many-kept')
  const { id } = await tx
    .insertInto('import_run')
    .values({
      at: now,
      staff_id: actor.userId,
      staff_name: staff.number,
      name,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      holds_notices: holdsNotices,
      state: 'waiting',
      expires_at: after(now, keptFor),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (let number = 0; number * bytesOfPart < bytes.length; number++)
    await tx
      .insertInto('import_part')
      .values({ run_id: id, number, bytes: bytes.subarray(number * bytesOfPart, (number + 1) * bytesOfPart) })
      .execute()
  await sql`select enqueue_import_run(${id})`.execute(tx)
  return done(id)
}

/** Nobody else brings one until the end of the transaction. */
async function countKept({ tx, now }: Pick<StaffContext, 'tx' | 'now'>): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('import files', 0))`.execute(tx)
  const { rows } = await sql<{ kept: number }>`
    select count(*)::integer as kept from import_run where state in ('waiting', 'tried', 'queued') and expires_at > ${now}`.execute(
    tx,
  )
  return only(rows).kept
}
