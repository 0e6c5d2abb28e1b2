import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { at, type Json, jsonRow, phrase, rowOrNull, rowsOf, value } from '#platform/database/json-row.ts'
import { after, days } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'

/** Works on their day: of many customers, or of one. */
export interface PlannedWorks {
  code: string
  title: Phrase
  startsAt: Date
  endsAt: Date | null
  /** Null: works of one customer's alone. */
  outageId: string | null
  isDraft: boolean
  customers: number
  /** The one, where it is one. */
  customer: { id: string; name: string } | null
  clashes: Clashes
}

/** Customers who have other works at the same time. */
export interface Clashes {
  customers: number
  /** The first of them. */
  first: { id: string; name: string }[]
}

/** Staff can write none that take longer; of those that began before nothing is read. */
export const longestWorks = 62 * days
/** So many customers are named; of others it is told how many there are. */
export const mostClashes = 5

/** So many stand on the page of a week. */
export const mostWorks = 300

/** Works that lie in a span of time, with the customers of whom others are worked on at the same time; the first, if there are very many. */
export async function listWorks(
  { tx }: Pick<OperatorContext, 'tx'>,
  { from, to }: { from: Date; to: Date },
): Promise<PlannedWorks[]> {
  const { rows } = await sql<Json<PlannedWorks>>`
    with works as materialized (
      select i.customer_id, coalesce(i.outage_id, i.id) as id, i.outage_id, i.code, i.title_ja, i.title_en, i.starts_at, i.ends_at
      from incident i
      where i.kind = 'works' and i.withdrawn_at is null and i.starts_at >= ${after(from, -longestWorks)} and i.starts_at < ${to}
        and (i.ends_at is null or i.ends_at > ${from}) and exists (
          select from incident_contract c where c.customer_id = i.customer_id and c.incident_id = i.id and c.left_at is null)),
    clash as materialized (
      select distinct a.id, a.customer_id from works a join works b on b.customer_id = a.customer_id and b.id <> a.id
      where b.starts_at < coalesce(a.ends_at, 'infinity') and coalesce(b.ends_at, 'infinity') > a.starts_at),
    r as (
      select w.id, w.outage_id, w.code, w.title_ja, w.title_en, w.starts_at, w.ends_at, false as is_draft, count(*)::integer as customers,
        (array_agg(w.customer_id))[1] as first_customer
      from works w group by 1, 2, 3, 4, 5, 6, 7
      union all select o.id, o.id, o.code, o.title_ja, o.title_en, o.starts_at, o.ends_at, true, 0, null
      from outage o where o.kind = 'works' and o.state = 'draft' and o.starts_at < ${to} and (o.ends_at is null or o.ends_at > ${from}))
    select ${row.columns} from r order by r.starts_at, r.code limit ${sql.lit(mostWorks)}`.execute(tx)
  return rows.map(row.read)
}

const named = jsonRow({ id: value<string>('c.id'), name: value<string>('c.name') })

const row = jsonRow<PlannedWorks>({
  code: value('r.code'),
  title: phrase('r.title'),
  startsAt: at('r.starts_at'),
  endsAt: at('r.ends_at'),
  outageId: value('r.outage_id'),
  isDraft: value('r.is_draft'),
  customers: value('r.customers'),
  customer: rowOrNull(named, sql`customer c where r.customers = 1 and c.id = r.first_customer`),
  clashes: jsonRow<Clashes>({
    customers: value(sql`(select count(*)::integer from clash x where x.id = r.id)`),
    first: rowsOf(named, {
      from: sql`(select c.id, c.name from clash x join customer c on c.id = x.customer_id where x.id = r.id order by c.name, c.id
        limit ${sql.lit(mostClashes)}) c`,
      orderBy: sql`c.name, c.id`,
    }),
  }),
})
