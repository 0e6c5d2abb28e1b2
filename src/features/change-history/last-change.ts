import type { Context } from '#features/actor.ts'

/** Who changed a thing last, and when; for an actor whose own change comes too late. */
export async function findLastChange(
  { tx, actor }: Context,
  subject: { kind: string; id: string },
): Promise<{ by: string; at: Date } | undefined> {
  return tx
    .selectFrom('change_history')
    .where('customer_id', '=', actor.customer.id)
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .select(['actor_name as by', 'at'])
    .limit(1)
    .executeTakeFirst()
}
