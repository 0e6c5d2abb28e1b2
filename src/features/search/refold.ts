import { sql } from 'kysely'
import type { Database, Transaction } from '#platform/database/database.ts'

const mostAtOnce = 1000

/**
 * Folds the kept texts anew that were folded by what a migration has changed since, in parts: each is a transaction of its own,
 * and nobody waits longer for a row than for one part. With the operator's role. Quick when nothing is due.
 */
export async function refoldSearch(database: Database): Promise<void> {
  for (let isDue = true; isDue;) isDue = await database.transaction(refoldPart)
}

/** Whether more is due. */
async function refoldPart(tx: Transaction): Promise<boolean> {
  const part = await tx
    .selectFrom('refolding')
    .select(['relation', 'done_to as doneTo'])
    .orderBy('relation')
    .limit(1)
    // Another worker is at it.
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!part) return false
  const { rows } = await sql<{ doneTo: string | null }>`
    with part as (select id from ${sql.table(part.relation)} where id > ${part.doneTo} order by id limit ${sql.lit(mostAtOnce)}),
      folded as (update ${sql.table(part.relation)} r set ${touched(part.relation)} from part where r.id = part.id)
    select (select id from part order by id desc limit 1) as "doneTo"`.execute(tx)
  const doneTo = rows[0]?.doneTo
  if (doneTo) await tx.updateTable('refolding').set({ done_to: doneTo }).where('relation', '=', part.relation).execute()
  else await tx.deleteFrom('refolding').where('relation', '=', part.relation).execute()
  return true
}

/** What the folded text follows from: it is made anew when this is written, whatever the value. */
function touched(relation: string): ReturnType<typeof sql> {
  return relation === 'contract' ? sql`memo = r.memo` : sql`name = r.name`
}
