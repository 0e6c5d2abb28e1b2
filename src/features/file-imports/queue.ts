import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

/** Marks what a file was tried for as to be done, once, and as long as it can be; whoever calls hands it to the worker. */
export async function queueImport(
  { tx, actor, now }: Context,
  { id, sendsNotices = false }: { id: string; sendsNotices?: boolean },
): Promise<Outcome<void, 'too-late'>> {
  const queued = await tx
    .updateTable('file_import')
    .set({ state: 'queued', sends_notices: sendsNotices })
    .where('customer_id', '=', actor.customer.id)
    .where('author_id', '=', actor.userId)
    .where('id', '=', id)
    .where('state', '=', 'tried')
    .where('expires_at', '>', now)
    .returning('id')
    .executeTakeFirst()
  return queued ? done() : refuse('too-late')
}
