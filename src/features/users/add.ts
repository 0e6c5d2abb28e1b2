import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/actor.ts'
import { isLimitedAtFirst } from '#features/address-limits/new-users.ts'
import { changeGroupsOf } from '#features/user-groups/change-groups.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, type Refusal } from '#platform/outcome.ts'
import { claimAddress, type MailProblem } from './inner/claim-address.ts'
import { columnsOf } from './inner/columns.ts'
import { allFields, pickFields } from './inner/fields.ts'
import { noteChange } from './inner/note-change.ts'
import type { UserFields } from './user.ts'

export interface NewUser extends UserFields {
  mail: string
  groupIds: readonly string[]
}

/** Whether a new user has more than everybody has. */
export function givesRights({ role, groupIds }: NewUser): boolean {
  return role === 'portal-administrator' || groupIds.length > 0
}

/** Adds a user to the actor's customer and sends the 《開通案内》; answers the id. */
export async function addUser(ctx: Confirmed<Context>, user: NewUser): Promise<Outcome<string, MailProblem>> {
  const added = await insertUser(ctx, user)
  if (!added.ok) return added
  const grouped = await changeGroupsOf(ctx, added.value, { joined: user.groupIds, left: [] })
  if (!grouped.ok) throw new Error('Nobody leaves a group by being added')
  await sendOpeningNotice(ctx, { customerId: ctx.actor.customer.id, userId: added.value })
  return added
}

type PlainUser = Omit<NewUser, 'role' | 'groupIds'>

/** The same for somebody who gets no rights: no administrator, and in no group. */
export async function addPlainUser(ctx: Context, user: PlainUser): Promise<Outcome<string, MailProblem>> {
  const added = await insertUser(ctx, { ...user, role: 'general-user' })
  if (added.ok) await sendOpeningNotice(ctx, { customerId: ctx.actor.customer.id, userId: added.value })
  return added
}

async function insertUser(ctx: Context, user: Omit<NewUser, 'groupIds'>): Promise<Outcome<string, MailProblem>> {
  const claimed = await claimAddress(ctx, user.mail)
  if (!claimed.ok) return claimed
  const { mail, secondFactor } = user
  const columns = columnsOf(user)
  const added = await ctx.tx
    .insertInto('portal_user')
    .values({
      customer_id: ctx.actor.customer.id,
      mail,
      second_factor: secondFactor,
      is_limited: isLimitedAtFirst(ctx.actor.customer.id),
      ...columns,
    })
    // The operator may import the address just now. As a parameter, a generic plan could not tell that this is the index's condition.
    .onConflict((clash) => clash.column('login_id').where('state', '<>', sql.lit('deleted')).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return refuseLate(ctx, mail)
  await noteChange(
    ctx,
    { ...user, id: added.id, isRegistered: false },
    {
      action: 'user-added',
      after: { ...pickFields(user, allFields), mail },
      told: ['added'],
      userKnows: true,
    },
  )
  return done(added.id)
}

/** Refuses an address that was taken since it was claimed. */
async function refuseLate(ctx: Context, mail: string): Promise<Refusal<MailProblem>> {
  const claimed = await claimAddress(ctx, mail)
  if (claimed.ok) throw new Error('The address was taken a moment ago')
  return claimed
}
