import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Mailing } from '#features/operator-context.ts'
import { writeMany } from '#features/users/write-many.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import { openPlan } from './inner/sealed-plan.ts'
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
  const isDue = await database.transaction(async (tx) => {
    const taken = await tx
      .updateTable('user_import')
      .set({ state: 'running', done: 0 })
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .returning('id')
      .executeTakeFirst()
    return taken !== undefined
  })
  if (isDue) await database.transaction((tx) => apply(running, tx, id))
  for (let isMore = true; isMore;) isMore = await database.transaction((tx) => sendPart(running, tx, id))
}

async function apply(running: Running, tx: Transaction, id: string): Promise<void> {
  const { database, secrets, log, portalUrl } = running
  const now = running.now()
  const found = await tx
    .selectFrom('user_import as i')
    .innerJoin('portal_user as u', (on) =>
      on.onRef('u.customer_id', '=', 'i.customer_id').onRef('u.id', '=', 'i.author_id'),
    )
    .where('i.id', '=', id)
    .select([
      'i.customer_id as customerId',
      'i.author_id as authorId',
      'i.plan',
      'i.sends_notices as sendsNotices',
      'u.name',
    ])
    .executeTakeFirstOrThrow()
  const { customerId, authorId, name, plan: sealed } = found
  if (!sealed) throw new Error('What is to be done was erased')
  const plan = openPlan(secrets, { customerId, authorId }, sealed)
  const actor = { customer: { id: customerId }, userId: authorId, name }
  const progress = (users: number): Promise<void> => noteProgress(database, id, users)
  const by = { tx, now, secrets, portalUrl, log, actor, importId: id, progress }
  const outcome = await withSavepoint(
    tx,
    () => writeMany(by, manyOf(plan)),
    (ended) => !ended.ok && !ended.keep,
  )
  if (outcome.ok && found.sendsNotices) await noteNotices(tx, { customerId, importId: id, plan })
  const faults = 'faults' in outcome ? outcome.faults : []
  await tx
    .updateTable('user_import')
    .set({ state: outcome.ok ? 'applied' : 'refused', faults: JSON.stringify(faults), plan: null, finished_at: now })
    .where('id', '=', id)
    .execute()
}

function manyOf(plan: Plan): Parameters<typeof writeMany>[1] {
  const changes = changesOf(plan)
  return {
    added: changes.flatMap((row) => (row.kind === 'added' ? [row] : [])),
    changed: changes.flatMap((row) => (row.kind === 'changed' ? [row] : [])),
    groups: plan.groups,
  }
}

/** In a transaction of its own, to be seen while the work goes on. */
async function noteProgress(database: Database, id: string, users: number): Promise<void> {
  await database.transaction((tx) =>
    tx
      .updateTable('user_import')
      .set({ done: sql`done + ${users}` })
      .where('id', '=', id)
      .execute(),
  )
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
