import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'

/** The group that every customer has from the first moment: its members may edit whatever there is and will be. */
export const automaticGroup = {
  name: '全サービス参照編集権限グループ（自動）',
  description: '自動的に全サービスの参照・編集権限が付与されるグループ',
}

/** Of each customer's. */
export const automaticNumber = 'G0000002'

/** Gives new customers the group that every customer has. */
export async function createAutomaticGroups({ tx }: OperatorContext, customerIds: readonly string[]): Promise<void> {
  const { name, description } = automaticGroup
  await sql`
    with made as (
      insert into user_group (customer_id, number, name, description, is_automatic)
      select id, ${automaticNumber}, ${name}, ${description}, true from unnest(${customerIds}::uuid[]) as given(id)
      returning customer_id, id
    )
    insert into user_group_right (customer_id, user_group_id, level) select customer_id, id, 'edit' from made`.execute(
    tx,
  )
}
