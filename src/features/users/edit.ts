import type { Context } from '#features/actor.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
import { isConfirmed } from '#features/sign-in/confirm.ts'
import { changeGroupsOf } from '#features/user-groups/change-groups.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { giveFactor } from './factor.ts'
import { columnsOf } from './inner/columns.ts'
import { type AdministratorProblem, keepAdministrators } from './inner/keep-administrators.ts'
import { lockAutomaticGroup } from './inner/lock-automatic-group.ts'
import { noteChange } from './inner/note-change.ts'
import type { User, UserFields } from './user.ts'
import type { UserChange } from './user-changed.email.ts'

export interface UserEdit extends UserFields {
  /** Put into, and taken out of; what others have done with further groups meanwhile stays. */
  groups: { joined: readonly string[]; left: readonly string[] }
  /** Of the row that the form was made from. */
  version: number
}

export type EditProblem = AdministratorProblem | 'changed-meanwhile' | 'unconfirmed'

/**
 * Changes what differs of a user that was just found. Role, second factor and groups are changed only by whoever has just
 * shown the own factor, and so are name and telephone number, which prove the user when a password is set anew.
 * `mayEmptyGroup`: confirmed that the automatic group may be left without an administrator.
 */
export async function editUser(
  ctx: Context,
  user: User,
  { edit, mayEmptyGroup }: { edit: UserEdit; mayEmptyGroup: boolean },
): Promise<Outcome<void, EditProblem>> {
  // What differs is judged by the row that was found: a version that it does not have yet would evade the guards.
  if (edit.version !== user.version) return refuse('changed-meanwhile')
  const changed = changedFields(user, edit)
  const { joined, left } = edit.groups
  const isCritical = changed.some((field) => critical.includes(field)) || joined.length + left.length > 0
  if (isCritical && !isConfirmed(ctx)) return refuse('unconfirmed')
  await lockAutomaticGroup(ctx)
  const isDemoted = changed.includes('role') && edit.role === 'general-user'
  const losesAdministrator = isDemoted || (changed.includes('secondFactor') && edit.secondFactor === 'totp')
  if (losesAdministrator) {
    const kept = await keepAdministrators(ctx, { userId: user.id, mayEmptyGroup })
    if (!kept.ok) return kept
  }
  if (!(await write(ctx, user, edit))) return refuse('changed-meanwhile')
  // Before the groups: who is no administrator any longer leaves no group without one.
  const grouped = await changeGroupsOf(ctx, user.id, { joined, left, mayLoseAdministrators: mayEmptyGroup })
  if (!grouped.ok) return refuse('last-in-automatic-group')
  if (changed.includes('secondFactor') && edit.secondFactor) await giveFactor(ctx, user, edit.secondFactor)
  if (isDemoted) await endSessionsOf(ctx, user.id)
  if (changed.length > 0)
    await noteChange(ctx, user, {
      action: 'user-changed',
      told: toldOf(changed, edit),
      toldUser: user.isRegistered && identity.some((field) => changed.includes(field)) ? ['identity-changed'] : [],
      before: pick(user, changed),
      after: pick(edit, changed),
    })
  return done()
}

const editable = [
  'name',
  'phone',
  'secondFactor',
  'role',
  'mailLanguage',
  'timeZone',
  'jobTitle',
  'mobilePhone',
  'comment',
  'mobileThresholdMail',
] as const satisfies readonly (keyof UserFields)[]
type Editable = (typeof editable)[number]

/** What 本人確認 asks for, beside the mail address. */
const identity: readonly Editable[] = ['name', 'phone']
const critical: readonly Editable[] = [...identity, 'role', 'secondFactor']

function changedFields(user: UserFields, edit: UserFields): Editable[] {
  return editable.filter((field) => user[field] !== edit[field])
}

function pick(from: UserFields, fields: readonly Editable[]): Record<string, string | boolean | null> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]))
}

async function write({ tx, actor }: Context, { id }: User, edit: UserEdit): Promise<boolean> {
  const written = await tx
    .updateTable('portal_user')
    .set({ ...columnsOf(edit), version: edit.version + 1 })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', id)
    .where('version', '=', edit.version)
    .where('state', '<>', 'deleted')
    .returning('id')
    .executeTakeFirst()
  return written !== undefined
}

function toldOf(changed: readonly Editable[], { role, secondFactor }: UserEdit): UserChange[] {
  return [
    ...(changed.includes('role') ? [roleChanges[role]] : []),
    ...(changed.includes('secondFactor') && secondFactor ? [factorChanges[secondFactor]] : []),
  ]
}

const roleChanges = { 'portal-administrator': 'made-administrator', 'general-user': 'made-general-user' } as const
const factorChanges = { totp: 'factor-totp', 'mail-otp': 'factor-mail-otp' } as const
