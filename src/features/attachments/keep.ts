import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type AttachedTo, bytesOfPart, type JudgedFile, mostBytes } from './attachment.ts'

export interface Keeping {
  tx: Transaction
  now: Date
  customer: { id: string }
}

/** Keeps files with what they are about, whose row is locked, or with a message of it. */
export async function keepFiles(
  by: Keeping,
  { about, id, message }: AttachedTo & { message: number | null },
  files: readonly JudgedFile[],
): Promise<Outcome<void, 'thing-full' | 'customer-full'>> {
  if (files.length === 0) return done()
  const { tx, now, customer } = by
  const full = await findFull(by, { about, id }, files)
  if (full) return refuse(full)
  for (const file of files) {
    const { name, type, bytes, sha256, width, height } = file
    const kept = await tx
      .insertInto('attachment')
      .values({
        customer_id: customer.id,
        about,
        about_id: id,
        message,
        at: now,
        name,
        type,
        size: bytes.length,
        sha256,
        width,
        height,
        state: 'unchecked',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await keepParts(by, kept.id, bytes)
  }
  return done()
}

async function keepParts({ tx, customer }: Keeping, id: string, bytes: Buffer): Promise<void> {
  for (let number = 0; number * bytesOfPart < bytes.length; number++) {
    const part = bytes.subarray(number * bytesOfPart, (number + 1) * bytesOfPart)
    await tx
      .insertInto('attachment_part')
      .values({ customer_id: customer.id, attachment_id: id, number, bytes: part })
      .execute()
  }
}

/** Whose room is used up with these. One customer's files are counted one after another. */
async function findFull(
  { tx, customer }: Keeping,
  { about, id }: AttachedTo,
  files: readonly JudgedFile[],
): Promise<'thing-full' | 'customer-full' | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attachments ${customer.id}`}, 0))`.execute(tx)
  const { rows } = await sql<{ thing: string; all: string }>`
    select coalesce(sum(size) filter (where about = ${about} and about_id = ${id}), 0) as thing, coalesce(sum(size), 0) as all
    from attachment where customer_id = ${customer.id} and state <> 'removed'`.execute(tx)
  const used = only(rows)
  const more = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (Number(used.thing) + more > mostBytes.thing) return 'thing-full'
  return Number(used.all) + more > mostBytes.customer ? 'customer-full' : undefined
}
