import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { queueImport } from '#features/file-imports/queue.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { UserImport } from './plan.ts'

/** Has done what a file was tried for: by the worker, which judges it again. Once, and only when nothing is wrong with it. */
export async function confirmImport(
  ctx: Confirmed<Context>,
  { id, plan }: UserImport,
  { sendsNotices }: { sendsNotices: boolean },
): Promise<Outcome<void, 'faulty' | 'too-late'>> {
  if (!plan) return refuse('too-late')
  if (plan.faults.length > 0) return refuse('faulty')
  const queued = await queueImport(ctx, { id, sendsNotices })
  if (!queued.ok) return queued
  await sql`select enqueue_user_import(${id})`.execute(ctx.tx)
  return done()
}
