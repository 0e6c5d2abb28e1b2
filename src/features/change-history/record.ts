import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { CustomerContext } from '#features/operator-context.ts'
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

/** The same, or the operator, who has no id. */
export type ChangeByAnybody = Pick<ChangeBy, 'tx' | 'now'> & {
  actor: Pick<ChangeBy['actor'], 'customer' | 'name'> & { userId: string | null }
}

/** Writes who changed what. Never a password, code or secret: what changed is named, not shown, where it is one. */
export async function recordChange(
  { tx, now, actor }: ChangeByAnybody,
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

/** Written by one statement. */
const mostAtOnce = 1000

/** Writes what the operator has done for a customer, such as by an import: it has no person's name. */
export async function recordByOperator(
  { tx, now, customer }: CustomerContext,
  changes: readonly Change[],
): Promise<void> {
  for (let start = 0; start < changes.length; start += mostAtOnce) {
    const rows = changes.slice(start, start + mostAtOnce).map(({ subject, ...change }) => ({ ...change, ...subject }))
    await sql`
      insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_id, subject_name, before, after)
      select ${customer.id}::uuid, ${now}, '', action, kind, id, name, before, after
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given(action text, kind text, id uuid, name text, before jsonb, after jsonb)`.execute(tx)
  }
}
