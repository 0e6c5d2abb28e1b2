import { sql } from 'kysely'
import type { Context, Role } from '#features/actor.ts'
import { tellAdministrators } from '#features/mails/tell-administrators.ts'
import { isReversed, type Period } from '#features/periods-of-use/period.ts'
import type { Confirmed } from '#platform/context.ts'
import { type Outcome, refuse } from '#platform/outcome.ts'
import { type EditProblem, editUser } from './edit.ts'
import { lockAutomaticGroup } from './inner/lock-automatic-group.ts'
import { removeUser } from './remove.ts'
import { resendNotice } from './resend-notice.ts'
import { suspendUser } from './suspend.ts'
import { findUser, type User } from './user.ts'
import { usersChangedEmail } from './users-changed.email.ts'

/** With each of whom something is done by itself, with mails: more take too long for one request. */
export const mostEach = 100

export interface SelectedUser {
  id: string
  name: string
  mail: string
  role: Role
  state: 'awaiting-registration' | 'active' | 'suspended'
}

/** Those of the ids that are users of the customer, by name. */
export async function findSelected({ tx, actor }: Context, ids: readonly string[]): Promise<SelectedUser[]> {
  if (ids.length === 0) return []
  return (
    tx
      .selectFrom('portal_user')
      .where('customer_id', '=', actor.customer.id)
      .where('id', 'in', ids)
      .where('state', '<>', 'deleted')
      .select(['id', 'name', 'mail', 'role'])
      // Of those found, nobody is deleted.
      .select(sql<SelectedUser['state']>`state`.as('state'))
      .orderBy('kana_order')
      .orderBy('name')
      .orderBy('mail')
      .execute()
  )
}

export type LeftReason = EditProblem | 'not-awaiting' | 'outside-period' | 'period-reversed' | 'oneself'

export interface Tally {
  /** With whom it was done. */
  done: Pick<User, 'name' | 'mail'>[]
  /** With whom it could not be done. */
  left: { name: string; reason: LeftReason }[]
}

type Chosen = readonly Pick<SelectedUser, 'id' | 'name' | 'mail'>[]

/** Shuts out each of several users but the actor; administrators are told of all by one mail. */
export async function suspendEach(ctx: Confirmed<Context>, users: Chosen): Promise<Tally> {
  const tally = await runForEach(ctx, users, (user) => suspendUser(ctx, user, oneOfMany))
  await tellOfMany(ctx, tally, 'suspended')
  return tally
}

/** Deletes each of several users but the actor; administrators are told of all by one mail. */
export async function removeEach(ctx: Confirmed<Context>, users: Chosen): Promise<Tally> {
  const tally = await runForEach(ctx, users, (user) => removeUser(ctx, user, oneOfMany))
  await tellOfMany(ctx, tally, 'deleted')
  return tally
}

/** Sets the first day, the last one or both of each of several users but the actor; one that is empty stays as it is. */
export async function setPeriodOfEach(ctx: Confirmed<Context>, users: Chosen, given: Period): Promise<Tally> {
  const tally = await runForEach(ctx, users, (user) => {
    const moved = { beginsOn: given.beginsOn || user.beginsOn, endsOn: given.endsOn || user.endsOn }
    if (isReversed(moved)) return Promise.resolve(refuse('period-reversed'))
    return editUser(ctx, user, { edit: { ...user, ...moved, groups: { joined: [], left: [] } }, ...oneOfMany })
  })
  await tellOfMany(ctx, tally, 'period-changed')
  return tally
}

const oneOfMany = { mayEmptyGroup: false, isOneOfMany: true }

async function tellOfMany(
  ctx: Context,
  { done }: Tally,
  told: 'suspended' | 'deleted' | 'period-changed',
): Promise<void> {
  if (done.length === 0) return
  const facts = { users: done, told, by: ctx.actor.name, at: ctx.now }
  await tellAdministrators(ctx, 'users-changed', (language, timeZone) =>
    usersChangedEmail(language, { ...facts, timeZone }),
  )
}

/** Sends the 《開通案内》 once more to each of several users but the actor. */
export function resendToEach(ctx: Context, users: Chosen): Promise<Tally> {
  return runForEach(ctx, users, (user) => resendNotice(ctx, user))
}

type Task = (user: User) => Promise<Outcome<void, LeftReason>>

/** Whoever is refused is left as is. */
async function runForEach(ctx: Context, users: Chosen, run: Task): Promise<Tally> {
  await lockAutomaticGroup(ctx)
  const tally: Tally = { done: [], left: [] }
  for (const { id, name, mail } of users) {
    const outcome = id === ctx.actor.userId ? refuse('oneself') : await runOne(ctx, id, run)
    if (outcome.ok) tally.done.push({ name, mail })
    else tally.left.push({ name, reason: outcome.problem })
  }
  return tally
}

/** Reads the user anew: what was done with the one before may matter. */
async function runOne(ctx: Context, id: string, run: Task): ReturnType<Task> {
  const user = await findUser(ctx, id)
  return user ? run(user) : refuse('changed-meanwhile')
}
