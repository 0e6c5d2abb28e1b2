import type { Context, Role } from '#features/sessions/actor.ts'
import type { Outcome } from '#platform/outcome.ts'
import { removeUser } from './remove.ts'
import { resendNotice } from './resend-notice.ts'
import { suspendUser } from './suspend.ts'
import { findUser, type User } from './user.ts'

export interface SelectedUser {
  id: string
  name: string
  mail: string
  role: Role
}

/** Those of the ids that are users of the customer, by name. */
export async function findSelected({ tx, actor }: Context, ids: readonly string[]): Promise<SelectedUser[]> {
  if (ids.length === 0) return []
  return tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('id', 'in', ids)
    .where('state', '<>', 'deleted')
    .select(['id', 'name', 'mail', 'role'])
    .orderBy('name')
    .orderBy('mail')
    .execute()
}

export interface Tally {
  done: number
  /** Names of those with whom it could not be done. */
  left: string[]
}

const tasks = {
  resend: (ctx: Context, user: User): Promise<Outcome> => resendNotice(ctx, user),
  suspend: (ctx: Context, user: User): Promise<Outcome> => suspendUser(ctx, user, { mayEmptyGroup: false }),
  delete: (ctx: Context, user: User): Promise<Outcome> => removeUser(ctx, user, { mayEmptyGroup: false }),
}

/** Does one thing with each of several users but the actor; whoever is refused is left as is. */
export async function runForEach(
  ctx: Context,
  task: keyof typeof tasks,
  users: readonly Pick<SelectedUser, 'id' | 'name'>[],
): Promise<Tally> {
  const tally: Tally = { done: 0, left: [] }
  for (const { id, name } of users) {
    // Read anew: what was done with the one before may matter.
    const user = id === ctx.actor.userId ? undefined : await findUser(ctx, id)
    const outcome = user && (await tasks[task](ctx, user))
    if (outcome?.ok) tally.done++
    else tally.left.push(name)
  }
  return tally
}
