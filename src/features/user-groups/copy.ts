import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { addGroup, type NewGroup } from './add.ts'
import type { Group } from './group.ts'

/** Adds a group with the rights of another, and without members: nobody's rights change. Answers its id. */
export async function copyGroup(ctx: Context, from: Group, group: NewGroup): Promise<Outcome<string, 'name-taken'>> {
  const added = await addGroup(ctx, group)
  if (!added.ok) return added
  await sql`
    insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level)
    select customer_id, ${added.value}, service_id, contract_id, level from user_group_right
    where customer_id = ${ctx.actor.customer.id} and user_group_id = ${from.id}`.execute(ctx.tx)
  await recordChange(ctx, {
    action: 'user-group-rights-copied',
    subject: { kind: 'user-group', id: added.value, name: group.name },
    after: { from: `${from.number} ${from.name}` },
  })
  return done(added.value)
}
