import type { Updateable } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Context } from '#features/actor.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
import { changeGroupsOf } from '#features/user-groups/change-groups.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { giveFactor } from './factor.ts'
import { columnsOf, detailColumnsOf } from './inner/columns.ts'
import { allFields, critical, details, identity, period, pickFields } from './inner/fields.ts'
import { type AdministratorProblem, keepAdministrators } from './inner/keep-administrators.ts'
import { lockAutomaticGroup } from './inner/lock-automatic-group.ts'
import { noteChange } from './inner/note-change.ts'
import { shutOut } from './shut-out.ts'
import type { KeepingOut } from './suspend.ts'
import type { User, UserDetails, UserFields } from './user.ts'
import type { UserChange } from './user-changed.email.ts'

export interface UserEdit extends UserFields {
  /** Put into, and taken out of; what others have done with further groups meanwhile stays. */
  groups: { joined: readonly string[]; left: readonly string[] }
  /** Of the row that the form was made from. */
  version: number
}

export type EditProblem = AdministratorProblem | 'changed-meanwhile' | 'own-period'

/** Whether an edit changes what a user may do, or how a user is known: by the second factor, or when a password is set anew. */
export function isCriticalEdit(user: User, edit: UserEdit): boolean {
  const { joined, left } = edit.groups
  return critical.some((field) => user[field] !== edit[field]) || joined.length + left.length > 0
}

/**
 * Changes what differs of a user that was just found. `mayEmptyGroup`: confirmed that the automatic group may be left without an
 * administrator.
 */
export async function editUser(
  ctx: Confirmed<Context>,
  user: User,
  { edit, mayEmptyGroup, isOneOfMany }: { edit: UserEdit } & KeepingOut,
): Promise<Outcome<void, EditProblem>> {
  // What differs is judged by the row that was found: a version that it does not have yet would evade the guards.
  if (edit.version !== user.version) return refuse('changed-meanwhile')
  const changed = allFields.filter((field) => user[field] !== edit[field])
  const { joined, left } = edit.groups
  await lockAutomaticGroup(ctx)
  const isDemoted = changed.includes('role') && edit.role === 'general-user'
  const losesAdministrator = isDemoted || (changed.includes('secondFactor') && edit.secondFactor === 'totp')
  const isMoved = period.some((field) => changed.includes(field))
  if (isMoved && user.id === ctx.actor.userId) return refuse('own-period')
  if (losesAdministrator || isMoved) {
    const coming = { userId: user.id, mayEmptyGroup, ...(!losesAdministrator && { period: edit }) }
    const kept = await keepAdministrators(ctx, coming)
    if (!kept.ok) return kept
  }
  if (isMoved) await shutOut(ctx, [user.id])
  if (!(await write(ctx, user, columnsOf(edit)))) return refuse('changed-meanwhile')
  if (isMoved) await shutOut(ctx, [user.id])
  // Before the groups: who is no administrator any longer leaves no group without one.
  const grouped = await changeGroupsOf(ctx, user.id, { joined, left, mayLoseAdministrators: mayEmptyGroup })
  if (!grouped.ok) return refuse('last-in-automatic-group')
  if (changed.includes('secondFactor') && edit.secondFactor) await giveFactor(ctx, user, edit.secondFactor)
  if (isDemoted) await endSessionsOf(ctx, user.id)
  await noteEdit(ctx, user, { changed, edit, isOneOfMany })
  return done()
}

/** The same of what is not critical, and of nothing else. */
export async function editDetails(
  ctx: Context,
  user: User,
  edit: UserDetails & Pick<UserEdit, 'version'>,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  if (edit.version !== user.version) return refuse('changed-meanwhile')
  if (!(await write(ctx, user, detailColumnsOf(edit)))) return refuse('changed-meanwhile')
  const changed = details.filter((field) => user[field] !== edit[field])
  await noteEdit(ctx, user, { changed, edit: { ...user, ...edit } })
  return done()
}

async function write(
  { tx, actor }: Context,
  { id, version }: User,
  columns: Updateable<DB['portal_user']>,
): Promise<boolean> {
  const written = await tx
    .updateTable('portal_user')
    .set({ ...columns, version: version + 1 })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '<>', 'deleted')
    .returning('id')
    .executeTakeFirst()
  return written !== undefined
}

async function noteEdit(
  ctx: Context,
  user: User,
  {
    changed,
    edit,
    isOneOfMany,
  }: Pick<KeepingOut, 'isOneOfMany'> & { changed: readonly (keyof UserFields)[]; edit: UserFields },
): Promise<void> {
  if (changed.length === 0) return
  await noteChange(ctx, user, {
    action: 'user-changed',
    told: toldOf(changed, edit),
    isOneOfMany,
    toldUser: user.isRegistered && identity.some((field) => changed.includes(field)) ? ['identity-changed'] : [],
    before: pickFields(user, changed),
    after: pickFields(edit, changed),
  })
}

function toldOf(changed: readonly (keyof UserFields)[], { role, secondFactor }: UserFields): UserChange[] {
  return [
    ...(changed.includes('role') ? [roleChanges[role]] : []),
    ...(changed.includes('secondFactor') && secondFactor ? [factorChanges[secondFactor]] : []),
    ...(period.some((field) => changed.includes(field)) ? (['period-changed'] as const) : []),
  ]
}

const roleChanges = { 'portal-administrator': 'made-administrator', 'general-user': 'made-general-user' } as const
const factorChanges = { totp: 'factor-totp', 'mail-otp': 'factor-mail-otp' } as const
