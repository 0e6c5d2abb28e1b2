import { sql } from 'kysely'
import { operatorFor, recordChanges } from '#features/change-history/record.ts'
import type { CustomerContext } from '#features/operator-context.ts'
import type { Level } from '#features/rights/level.ts'

/** A rule of a group that was for one contract. */
export interface EndedRule {
  groupId: string
  group: string
  level: Level
}

/**
 * Takes away what groups allow for one contract alone, which the customer has no longer: nobody may bring it back into force. Each
 * group's history says so; whoever has just chosen something for the group is told that it has changed.
 */
export async function endContractRules(
  ctx: CustomerContext,
  contract: { id: string; number: string },
): Promise<EndedRule[]> {
  const { tx, customer } = ctx
  const { rows } = await sql<EndedRule>`
    with ended as (
      delete from user_group_right where customer_id = ${customer.id} and contract_id = ${contract.id}
      returning user_group_id, level
    ), raised as (
      update user_group g set rights_version = g.rights_version + 1 from ended
      where g.customer_id = ${customer.id} and g.id = ended.user_group_id
    )
    select g.id as "groupId", g.name as "group", ended.level from ended
    join user_group g on g.customer_id = ${customer.id} and g.id = ended.user_group_id order by g.number`.execute(tx)
  await recordChanges(
    { ...ctx, actor: operatorFor(customer) },
    rows.map(({ groupId: id, group: name, level }) => ({
      action: 'user-group-rights-changed',
      subject: { kind: 'user-group', id, name },
      before: { [contract.number]: level },
      after: { [contract.number]: null },
    })),
  )
  return rows
}
