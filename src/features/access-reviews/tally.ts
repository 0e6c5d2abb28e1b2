import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Fact, jsonRow, only, value } from '#platform/database/json-row.ts'
import { reviewRows } from './inner/rows.ts'
import type { Finding, ReviewScope, ReviewSource } from './source.ts'

/** How much there is in a review, and how much of it should be looked at. */
export interface ReviewTally extends Record<Finding, number> {
  users: number
  groups: number
  rights: number
}

const count = (rows: 'user_row' | 'group_row' | 'right_row', finding?: Finding): RawBuilder<number> =>
  sql<number>`(select count(*)::int from ${sql.table(rows)} ${
    finding ? sql`where told -> 'findings' @> to_jsonb(${sql.lit(finding)}::text)` : sql``
  })`

/** Of a statement with the rows of a review. */
const tally = jsonRow<ReviewTally>({
  users: value(count('user_row')),
  groups: value(count('group_row')),
  rights: value(count('right_row')),
  quiet: value(count('user_row', 'quiet')),
  unused: value(count('user_row', 'unused')),
  nobody: value(count('group_row', 'nobody')),
})

export async function findTally(ctx: Context, source: ReviewSource): Promise<ReviewTally> {
  const { rows } = await sql<Parameters<typeof tally.read>[0]>`
    with ${reviewRows(ctx, source)} select ${tally.columns}`.execute(ctx.tx)
  return tally.read(only(rows))
}

/** What stands beside a list of a review. */
export interface BesideReview {
  tally: ReviewTally
  /** Whose rights it lists; null: everybody's. */
  user: string | null
  /** Whose members or rights it lists; null: those of all groups. */
  group: { name: string; isAutomatic: boolean } | null
}

export function besideReview({ userId = '', groupId = '' }: ReviewScope): Fact<BesideReview> {
  return jsonRow<BesideReview>({
    tally,
    user: value(sql`(select told ->> 'name' from user_row where told ->> 'id' = ${userId})`),
    group: value(sql`(select told from group_row where told ->> 'id' = ${groupId})`),
  })
}
