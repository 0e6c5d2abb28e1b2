import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/sessions/actor.ts'
import { isConfirmed } from '#features/sign-in/confirm.ts'
import { setGroupsOf } from '#features/user-groups/set-groups.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { columnsOf } from './inner/columns.ts'
import { type MailProblem, refuseTaken } from './inner/find-clash.ts'
import { noteChange } from './inner/note-change.ts'
import type { UserFields } from './user.ts'

export interface NewUser extends UserFields {
  mail: string
  groupIds: readonly string[]
}

/** Adds a user to the actor's customer and sends the 《開通案内》; answers the id. An administrator is added only by whoever has just shown the second factor. */
export async function addUser(ctx: Context, user: NewUser): Promise<Outcome<string, MailProblem | 'unconfirmed'>> {
  if (user.role === 'portal-administrator' && !isConfirmed(ctx)) return refuse('unconfirmed')
  const { tx, actor } = ctx
  const customerId = actor.customer.id
  const { groupIds, secondFactor, ...fields } = user
  const added = await tx
    .insertInto('portal_user')
    .values({ customer_id: customerId, mail: user.mail, second_factor: secondFactor, ...columnsOf(user) })
    // As a parameter, a generic plan could not tell that this is the index's condition.
    .onConflict((clash) => clash.column('login_id').where('state', '<>', sql.lit('deleted')).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return refuseTaken(ctx, user.mail)
  await noteChange(
    ctx,
    { ...user, id: added.id },
    {
      action: 'user-added',
      after: { ...fields, secondFactor },
      told: ['added'],
      userKnows: true,
    },
  )
  const grouped = await setGroupsOf(ctx, added.id, { groupIds })
  if (!grouped.ok) throw new Error('Nobody leaves a group by being added')
  await sendOpeningNotice(ctx, { customerId, userId: added.id })
  return done(added.id)
}
