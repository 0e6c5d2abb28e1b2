import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type AdministratorProblem, keepAdministrators } from './inner/keep-administrators.ts'
import { noteChange } from './inner/note-change.ts'
import { voidCredential } from './inner/void-credential.ts'
import type { KeepingOut } from './suspend.ts'
import type { User } from './user.ts'

const ownTables = [
  'user_group_member',
  'selection',
  'staged_right',
  'mail_change',
  'form_draft',
  'pin',
  'look',
  'notice_read',
] as const

/**
 * Deletes a user for good. The row stays with the name, for the histories, and the mail address is free again; all that
 * proves the user, lets the user in or belongs to the user alone is gone.
 */
export async function removeUser(
  ctx: Confirmed<Context>,
  user: User,
  { mayEmptyGroup, isOneOfMany }: KeepingOut,
): Promise<Outcome<void, AdministratorProblem | 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const kept = await keepAdministrators(ctx, { userId: user.id, mayEmptyGroup })
  if (!kept.ok) return kept
  const removed = await tx
    .updateTable('portal_user')
    .set({
      state: 'deleted',
      kana: '',
      phone: '',
      mobile_phone: '',
      job_title: '',
      comment: '',
      credential_epoch: sql`credential_epoch + 1`,
      version: sql`version + 1`,
    })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', user.id)
    .where('state', '<>', 'deleted')
    .returning('id')
    .executeTakeFirst()
  if (!removed) return refuse('changed-meanwhile')
  await endSessionsOf(ctx, user.id)
  await voidCredential(ctx, user.id)
  for (const table of ownTables)
    await tx.deleteFrom(table).where('customer_id', '=', actor.customer.id).where('user_id', '=', user.id).execute()
  const { name, mail, role, groups } = user
  const before = { name, mail, role, groups: groups.map((group) => group.name).join(', ') }
  await noteChange(ctx, user, { action: 'user-deleted', told: ['deleted'], isOneOfMany, before })
  return done()
}
