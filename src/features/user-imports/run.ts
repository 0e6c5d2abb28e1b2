import { sql } from 'kysely'
import { noteEnd, noteProgress, readWork, takeUp } from '#features/file-imports/work.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Mailing } from '#features/operator-context.ts'
import { writeMany } from '#features/users/write-many.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import { changesOf, type Plan } from './plan.ts'

/** What the worker does it with. */
export interface Running extends Mailing {
  database: Database
  log: Log
  now: () => Date
}

/**
 * Does what a file was confirmed for, all of it or nothing, in the name of its author; then sends the opening notices in parts. May
 * be called again after whatever has broken it off: what is done is not done twice.
 */
export async function runImport(running: Running, id: string): Promise<void> {
  const { database } = running
  const isDue = await takeUp(database, id)
  if (isDue) await database.transaction((tx) => apply(running, tx, id))
  for (let isMore = true; isMore;) isMore = await database.transaction((tx) => sendPart(running, tx, id))
}

async function apply(running: Running, tx: Transaction, id: string): Promise<void> {
  const { database, secrets, log, portalUrl } = running
  const now = running.now()
  const work = await readWork({ tx, secrets }, id)
  // Sealed by tryImport.
  const plan = work.plan as Plan
  const { customerId } = work
  const actor = { customer: { id: customerId }, userId: work.authorId, name: work.authorName }
  const progress = (users: number): Promise<void> => noteProgress(database, id, users)
  const by = { tx, now, secrets, portalUrl, log, actor, importId: id, progress }
  const outcome = await withSavepoint(
    tx,
    () => writeMany(by, manyOf(plan)),
    (ended) => !ended.ok && !ended.keep,
  )
  if (outcome.ok && work.sendsNotices) await noteNotices(tx, { customerId, importId: id, plan })
  const faults = 'faults' in outcome ? outcome.faults : []
  await noteEnd({ tx, now }, id, { state: outcome.ok ? 'applied' : 'refused', faults })
}

function manyOf(plan: Plan): Parameters<typeof writeMany>[1] {
  const changes = changesOf(plan)
  return {
    added: changes.flatMap((row) => (row.kind === 'added' ? [row] : [])),
    changed: changes.flatMap((row) => (row.kind === 'changed' ? [row] : [])),
    groups: plan.groups,
  }
}

/** Whoever was added, and whoever awaits registration at another address now. */
async function noteNotices(
  tx: Transaction,
  { customerId, importId, plan }: { customerId: string; importId: string; plan: Plan },
): Promise<void> {
  const due = changesOf(plan).flatMap((row) => (row.kind === 'added' || row.newMail ? [row.id] : []))
  await sql`
    insert into user_import_notice (customer_id, user_id, import_id)
    select customer_id, id, ${importId} from portal_user
    where customer_id = ${customerId} and id = any(${due}::uuid[]) and state = 'awaiting-registration'
    on conflict do nothing`.execute(tx)
}

/** Notices of one transaction. */
const mostAtOnce = 50

/** Whether more are due. */
async function sendPart({ secrets, portalUrl, now }: Running, tx: Transaction, importId: string): Promise<boolean> {
  const { rows } = await sql<{ customerId: string; userId: string }>`
    delete from user_import_notice where (customer_id, user_id) in (
      select customer_id, user_id from user_import_notice where import_id = ${importId} limit ${sql.lit(mostAtOnce)})
    returning customer_id as "customerId", user_id as "userId"`.execute(tx)
  for (const whom of rows) await sendOpeningNotice({ tx, now: now(), secrets, portalUrl }, whom)
  return rows.length > 0
}
