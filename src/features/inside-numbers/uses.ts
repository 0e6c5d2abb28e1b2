import { sql } from 'kysely'
import type { LineContext } from '#features/lines/open.ts'

/** Something that names an extension or a group. */
export interface Use {
  by: 'number' | 'number-closed' | 'group-member' | 'group-then' | 'forward'
  /** Of what names it. */
  number: string
  id: string
  name: string
}

/** At most so many are told; there may be thousands of forwards. */
const mostTold = 100

export interface Uses {
  uses: Use[]
  count: number
}

/** What names an inside number from outside of itself: it cannot be removed while there is any. */
export async function findUses(ctx: LineContext, number: string): Promise<Uses> {
  const { tx, actor, contract } = ctx
  const of = (alias: string) =>
    sql`${sql.ref(`${alias}.customer_id`)} = ${actor.customer.id} and ${sql.ref(`${alias}.contract_id`)} = ${contract.id}`
  const { rows } = await sql<Use & { count: number }>`
    select u.*, count(*) over ()::int as count from (
      select 'number' as by, n.number, n.id, n.memo as name from pbx.external_number n where ${of('n')} and n.target = ${number}
      union all
      select 'number-closed', n.number, n.id, n.memo from pbx.external_number n
        where ${of('n')} and ${number} in (n.closed_inside, n.closed_voicemail)
      union all
      select 'group-member', g.number, i.id, g.name from pbx.call_group_member m
        join pbx.call_group g on ${of('g')} and g.number = m.call_group join pbx.inside_number i on ${of('i')} and i.number = g.number
        where ${of('m')} and m.extension = ${number}
      union all
      select 'group-then', g.number, i.id, g.name from pbx.call_group g join pbx.inside_number i on ${of('i')} and i.number = g.number
        where ${of('g')} and ${number} in (g.then_inside, g.then_voicemail)
      union all
      select 'forward', f.extension, i.id, e.name from pbx.forward f join pbx.extension e on ${of('e')} and e.number = f.extension
        join pbx.inside_number i on ${of('i')} and i.number = f.extension where ${of('f')} and f.to_inside = ${number}
    ) u order by u.by desc, u.number limit ${sql.lit(mostTold)}`.execute(tx)
  return { uses: rows.map(({ count: _, ...use }) => use), count: rows[0]?.count ?? 0 }
}
