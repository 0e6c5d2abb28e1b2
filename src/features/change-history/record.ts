import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { ChangeAction, SubjectKind } from './actions.ts'

export interface Change {
  action: ChangeAction
  subject: { kind: SubjectKind; id: string; name: string }
  before?: Record<string, string | number | boolean | null>
  after?: Record<string, string | number | boolean | null>
}

interface By<UserId, Customer = { id: string }> {
  customer: Customer
  userId: UserId
  name: string
}

/** Who has changed it: the actor of a session, or a visitor who has proved to be a user. */
export type ChangeBy = Pick<Context, 'tx' | 'now'> & { actor: By<string> }

/** The same, or the operator, who has no id. */
export type ChangeByAnybody = Pick<Context, 'tx' | 'now'> & { actor: By<string | null> }

/** Who stands in the history of a customer for whose sake the operator has changed something: no person's name. */
export function operatorFor<Customer>(customer: Customer): By<null, Customer> {
  return { customer, userId: null, name: '' }
}

/** Writes who changed what. Never a password, code or secret: what changed is named, not shown, where it is one. */
export async function recordChange(by: ChangeByAnybody, change: Change): Promise<void> {
  await recordChanges(by, [change])
}

/** Written by one statement. */
const mostAtOnce = 1000

/** The same of many, such as an import brings. */
export async function recordChanges({ tx, now, actor }: ChangeByAnybody, changes: readonly Change[]): Promise<void> {
  for (let start = 0; start < changes.length; start += mostAtOnce) {
    const rows = changes.slice(start, start + mostAtOnce).map(({ subject, ...change }) => ({ ...change, ...subject }))
    await sql`
      insert into change_history (customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, before, after)
      select ${actor.customer.id}::uuid, ${now}, ${actor.userId}::uuid, ${actor.name}, action, kind, id, name, before, after
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given(action text, kind text, id uuid, name text, before jsonb, after jsonb)`.execute(tx)
  }
}
