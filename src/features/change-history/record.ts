import type { Context } from '#features/actor.ts'
import type { ChangeAction, SubjectKind } from './actions.ts'

export interface Change {
  action: ChangeAction
  subject: { kind: SubjectKind; id: string; name: string }
  before?: Record<string, string | number | boolean | null>
  after?: Record<string, string | number | boolean | null>
}

/** Who has changed it: the actor of a session, or a visitor who has proved to be a user. */
export type ChangeBy = Pick<Context, 'tx' | 'now'> & {
  actor: { customer: Pick<Context['actor']['customer'], 'id'> } & Pick<Context['actor'], 'userId' | 'name'>
}

/** Writes who changed what. Never a password, code or secret: what changed is named, not shown, where it is one. */
export async function recordChange(
  { tx, now, actor }: ChangeBy,
  { action, subject, before, after }: Change,
): Promise<void> {
  await tx
    .insertInto('change_history')
    .values({
      customer_id: actor.customer.id,
      at: now,
      actor_id: actor.userId,
      actor_name: actor.name,
      action,
      subject_kind: subject.kind,
      subject_id: subject.id,
      subject_name: subject.name,
      before: before ? JSON.stringify(before) : null,
      after: after ? JSON.stringify(after) : null,
    })
    .execute()
}
