import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { UserImport } from './find.ts'

/** Has done what a file was tried for: by the worker, which judges it again. Once, and only when nothing is wrong with it. */
export async function confirmImport(
  ctx: Confirmed<Context>,
  { id, plan }: UserImport,
  { sendsNotices }: { sendsNotices: boolean },
): Promise<Outcome<void, 'faulty' | 'too-late'>> {
  const { tx, actor, now } = ctx
  if (!plan) return refuse('too-late')
  if (plan.faults.length > 0) return refuse('faulty')
  const queued = await tx
    .updateTable('user_import')
    .set({ state: 'queued', sends_notices: sendsNotices })
    .where('customer_id', '=', actor.customer.id)
    .where('author_id', '=', actor.userId)
    .where('id', '=', id)
    .where('state', '=', 'tried')
    .where('expires_at', '>', now)
    .returning('id')
    .executeTakeFirst()
  if (!queued) return refuse('too-late')
  await sql`select enqueue_user_import(${id})`.execute(tx)
  return done()
}
