import { sql } from 'kysely'
import type { LineContext } from '#features/lines/open.ts'
import { foundContracts, seenBy } from '#features/rights/seen.ts'
import { editingOf } from '#features/rights/scope.ts'

/** A contract to which settings can be copied. */
export interface Candidate {
  id: string
  number: string
  site: string | null
  memo: string
}

/** To so many at once. */
export const mostCopied = 300

/** The other contracts with a line that the actor may edit and that hold every term: `mostCopied` of them, and one more if there are more. */
export async function findCandidates(ctx: LineContext, terms: readonly string[]): Promise<Candidate[]> {
  const { tx, actor, contract } = ctx
  const scope = editingOf(actor.scope)
  const { ruled, isSeen } = seenBy(scope)
  const found =
    terms.length > 0
      ? sql`select f.id from ${foundContracts(scope, terms)} f`
      : sql`select k.id from contract k where k.customer_id = ${actor.customer.id} and k.ended_on is null
          and ${isSeen({ id: 'k.id', service: 'k.service_id' })}`
  const { rows } = await sql<Candidate>`
    with ${ruled}, found as materialized (${found})
    select k.id, k.number, t.name as site, k.memo
    from door.lines_of(array(select id from found)) l join contract k on k.customer_id = ${actor.customer.id} and k.id = l.contract_id
    left join site t on t.customer_id = k.customer_id and t.id = k.site_id
    where k.id <> ${contract.id} order by k.number limit ${sql.lit(mostCopied + 1)}`.execute(tx)
  return rows
}
