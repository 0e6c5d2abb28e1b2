import { sql } from 'kysely'
import type { Actor, Context } from '#features/actor.ts'
import { type Fact, jsonRow, only, rowFrom, value } from '#platform/database/json-row.ts'

/** What the actor has chosen and not yet put into force, over all groups. */
export interface StagedCount {
  changes: number
  groups: number
  /** If it is one group alone. */
  groupId: string | null
}

export async function countStaged({ tx, actor }: Context): Promise<StagedCount> {
  const { rows } = await sql<StagedCount>`select ${staged.columns} from ${stagedBy(actor)}`.execute(tx)
  return only(rows)
}

/** The same as part of another statement. */
export function stagedOf(actor: Actor): Fact<StagedCount> {
  return rowFrom(staged, stagedBy(actor))
}

const staged = jsonRow<StagedCount>({
  changes: value(sql`count(*)::int`),
  groups: value(sql`count(distinct s.user_group_id)::int`),
  groupId: value(sql`case when count(distinct s.user_group_id) = 1 then min(s.user_group_id::text) end`),
})

const stagedBy = ({ customer, userId }: Actor) =>
  sql`staged_right s where s.customer_id = ${customer.id} and s.user_id = ${userId}`
