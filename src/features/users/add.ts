import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/actor.ts'
import { isConfirmed } from '#features/sign-in/confirm.ts'
import { changeGroupsOf } from '#features/user-groups/change-groups.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { columnsOf } from './inner/columns.ts'
import { isAddressTaken, type MailProblem, refuseTaken } from './inner/find-clash.ts'
import { noteChange } from './inner/note-change.ts'
import type { UserFields } from './user.ts'

export interface NewUser extends UserFields {
  mail: string
  groupIds: readonly string[]
}

/**
 * Adds a user to the actor's customer and sends the 《開通案内》; answers the id. An administrator, or somebody with groups, is
 * added only by whoever has just shown the second factor.
 */
export async function addUser(ctx: Context, user: NewUser): Promise<Outcome<string, MailProblem | 'unconfirmed'>> {
  const isCritical = user.role === 'portal-administrator' || user.groupIds.length > 0
  if (isCritical && !isConfirmed(ctx)) return refuse('unconfirmed')
  if (await isAddressTaken(ctx, user.mail)) return refuseTaken(ctx, user.mail)
  const { tx, actor } = ctx
  const customerId = actor.customer.id
  const { groupIds, secondFactor, ...fields } = user
  const added = await tx
    .insertInto('portal_user')
    .values({ customer_id: customerId, mail: user.mail, second_factor: secondFactor, ...columnsOf(user) })
    // The operator may import the address just now. As a parameter, a generic plan could not tell that this is the index's condition.
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
  const grouped = await changeGroupsOf(ctx, added.id, { joined: groupIds, left: [] })
  if (!grouped.ok) throw new Error('Nobody leaves a group by being added')
  await sendOpeningNotice(ctx, { customerId, userId: added.id })
  return done(added.id)
}
