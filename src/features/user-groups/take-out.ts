import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { findLosses } from '#features/administrators/losses.ts'
import { jsonRow, rowOrNull, value } from '#platform/database/json-row.ts'
import type { Place } from '#platform/list/paging.ts'
import { type Effect, findEffect } from './effect.ts'

export interface TakeOut {
  /** Those who are in the group now. */
  users: { id: string; name: string; mail: string }[]
  /** It is the automatic group, and there would be a day without an active administrator in it. */
  losesAdministrators: boolean
}

/** What would follow if these users were taken out of a group. */
export async function findTakeOut(
  ctx: Context,
  { groupId, userIds, place }: { groupId: string; userIds: readonly string[]; place: Place },
): Promise<Effect<TakeOut | null>> {
  const { customer } = ctx.actor
  const members = rowOrNull(
    taken,
    sql`(
      select u.id, u.name, u.mail, u.id = any(${userIds}::uuid[]) as is_taken
      from user_group g join user_group_member m on m.customer_id = g.customer_id and m.user_group_id = g.id
      join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
      where g.customer_id = ${customer.id} and g.id = ${groupId} and u.urgency is not null) member`,
  )
  const [effect, losses] = await Promise.all([
    findEffect(ctx, { change: { kind: 'take-out', groupId, userIds }, place }, members),
    findLosses(ctx, { userIds, inGroupBefore: 'never' }),
  ])
  const losesAdministrators = effect.group?.isAutomatic === true && losses.inAutomaticGroup
  return { ...effect, beside: effect.beside && { ...effect.beside, losesAdministrators } }
}

const user = jsonRow<TakeOut['users'][number]>({ id: value('id'), name: value('name'), mail: value('mail') })

/** Of all rows `member` together. */
const taken = jsonRow<Pick<TakeOut, 'users'>>({
  users: value(sql`coalesce(json_agg(${user.json} order by name, mail) filter (where is_taken), '[]')`),
})
