import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/actor.ts'
import { isConfirmed } from '#features/sign-in/confirm.ts'
import { changeGroupsOf } from '#features/user-groups/change-groups.ts'
import { done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'
import { claimAddress, type MailProblem } from './inner/claim-address.ts'
import { columnsOf } from './inner/columns.ts'
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
  const claimed = await claimAddress(ctx, user.mail)
  if (!claimed.ok) return claimed
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
  if (!added) return refuseLate(ctx, user.mail)
  await noteChange(
    ctx,
    { ...user, id: added.id, isRegistered: false },
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

/** Refuses an address that was taken since it was claimed. */
async function refuseLate(ctx: Context, mail: string): Promise<Refusal<MailProblem>> {
  const claimed = await claimAddress(ctx, mail)
  if (claimed.ok) throw new Error('The address was taken a moment ago')
  return claimed
}
