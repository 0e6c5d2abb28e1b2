import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, jsonRow, mapped, rowsOf, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byBigint, byMoment } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import { staffNumber } from './find.ts'

/** That a member of staff looked at a customer. */
export interface Visit {
  at: Date
  staff: { id: string; number: string; name: string }
  customer: { id: string; name: string }
  /** Of the page. */
  path: string
}

/** Whose visits, and to whom; absent: all. */
export interface VisitsOf {
  staff?: string | undefined
  customer?: string | undefined
}

export interface VisitChoices {
  staff: { id: string; number: number; name: string }[]
  /** The name of the customer that is asked for. */
  customer: string | null
}

/** So many are counted at most, and listed: the newest. */
const mostCounted = 1_000
const mostListed = 10_000

/** Who of the staff looked at whom, the newest first. */
export const visitList = defineList({
  seen: (_ctx: Visitor, { staff, customer }: VisitsOf) => sql`seen as (
    select v.* from staff_visit v
    where ${staff === undefined ? sql`true` : sql`v.staff_id = ${staff}`} and ${customer === undefined ? sql`true` : sql`v.customer_id = ${customer}`}
    order by v.at desc, v.id desc limit ${sql.lit(mostListed)})`,
  row: jsonRow<Visit>({
    at: at('r.at'),
    staff: jsonRow({
      id: value('r.staff_id'),
      number: mapped(
        value<number>(sql`(select m.number from staff_member m where m.user_id = r.staff_id)`),
        staffNumber,
      ),
      name: value(sql`(select u.name from portal_user u where u.id = r.staff_id)`),
    }),
    customer: jsonRow({
      id: value('r.customer_id'),
      name: value(sql`(select c.name from customer c where c.id = r.customer_id)`),
    }),
    path: value('r.path'),
  }),
  most: mostCounted,
  sortedBy: { at: descending(byMoment('r.at')) },
  last: [byBigint('r.id')],
  beside: (_ctx: Visitor, { customer }: VisitsOf) =>
    jsonRow<VisitChoices>({
      staff: rowsOf(
        jsonRow({ id: value<string>('m.user_id'), number: value<number>('m.number'), name: value<string>('u.name') }),
        { from: sql`staff_member m join portal_user u on u.id = m.user_id`, orderBy: sql`m.number` },
      ),
      customer: value(sql`(select name from customer where id = ${customer ?? null}::uuid and not is_house)`),
    }),
})
