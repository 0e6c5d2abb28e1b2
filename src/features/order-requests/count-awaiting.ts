import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { only } from '#platform/database/json-row.ts'
import { seenRequests } from './request.ts'

/** How many requests await the approval of this administrator, who has not asked for them. */
export async function countAwaiting({ tx, actor }: Context): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with ${seenRequests(actor)}
    select count(*)::int as n from seen r where r.state = 'awaiting-approval' and r.asked_by <> ${actor.userId}`.execute(
    tx,
  )
  return only(rows).n
}
