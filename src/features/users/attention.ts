import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { lockedUsers } from '#features/sign-in/locked.ts'
import { only } from '#platform/database/json-row.ts'
import { hasNoGoodUrl } from './inner/expired.ts'
import { administratorsOutside, endsSoon, hasBeenQuiet } from './list.ts'

/** How many users of the customer an administrator should see to, and why. */
export interface Attention {
  locked: number
  /** Await registration, and have no URL that is good. */
  expired: number
  /** Await registration, those included. */
  awaiting: number
  /** In no group: such users see no contract. */
  groupless: number
  /** Active, and not logged in for as long as a list of users says. */
  quiet: number
  /** Portal administrators who are active. With one alone, nobody is left who could help. */
  administrators: number
  /** Whose last day of use is near. */
  ending: number
}

export async function findAttention({ tx, actor, now }: Context): Promise<Attention> {
  const users = sql`from portal_user u where u.customer_id = ${actor.customer.id} and u.urgency is not null`
  const counted = sql`(select coalesce(sum(users), 0)::int from user_count where customer_id = ${actor.customer.id}`
  const { rows } = await sql<Attention>`
    select (select count(*)::int ${users} and u.state = 'active' and u.id in (${lockedUsers(actor, now)})) as locked,
      (select count(*)::int ${users} and ${hasNoGoodUrl({ actor, now })}) as expired,
      ${counted} and state = 'awaiting-registration') as awaiting,
      (select count(*)::int ${users} and not exists (
        select from user_group_member m where m.customer_id = u.customer_id and m.user_id = u.id)) as groupless,
      (select count(*)::int ${users} and ${hasBeenQuiet(now)}) as quiet,
      ${counted} and state = 'active' and role = 'portal-administrator') - ${administratorsOutside({ actor, now })} as administrators,
      (select count(*)::int ${users} and ${endsSoon({ actor, now })}) as ending`.execute(tx)
  return only(rows)
}
