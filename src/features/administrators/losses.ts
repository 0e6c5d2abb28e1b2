import { type RawBuilder, sql } from 'kysely'
import type { Period } from '#features/periods-of-use/period.ts'
import type { Transaction } from '#platform/database/database.ts'
import { only } from '#platform/database/json-row.ts'

/** Who asks: behind the fence of the customer, or with the operator's role. */
export interface Asking {
  tx: Transaction
  now: Date
  actor: { customer: { id: string } }
}

/** Whether there would be a day, from today on, that has an active portal administrator no longer; and one in the automatic group. */
export interface Losses {
  administrators: boolean
  inAutomaticGroup: boolean
}

/** What is supposed of some users. Whoever is no active portal administrator loses nothing by it. */
export interface Supposed {
  userIds: readonly string[]
  /** They are administrators in this period alone, or never; absent: as they are. */
  administer?: Period | 'never'
  /** They are in the automatic group before this day alone, or no longer; absent: as they are. */
  inGroupBefore?: string
}

/**
 * What would be lost, by days. An active administrator stands for the days of the own period; in the automatic group, for those of
 * them before the day on which it is planned to leave it. Who is planned to join it is not counted on: that may be refused on its
 * day. A day that has nobody already is no loss. The caller holds the customer's administration.
 */
export async function findLosses(asking: Asking, { userIds, administer, inGroupBefore }: Supposed): Promise<Losses> {
  const isSupposed = sql`a.id = any(${userIds}::uuid[])`
  const days =
    administer === undefined
      ? sql`a.days`
      : sql`case when ${isSupposed} then a.days_ahead * ${rangeOf(administer)} else a.days end`
  const grouped = (supposed: RawBuilder<unknown>): RawBuilder<unknown> =>
    inGroupBefore === undefined ? sql`a.in_group` : sql`case when ${isSupposed} then ${supposed} else a.in_group end`
  const until =
    inGroupBefore === 'never' ? sql`'empty'::daterange` : sql`a.in_group * daterange(null, ${inGroupBefore}::date)`
  const { rows } = await sql<Losses>`
    with a as (${administrators(asking)})
    select not ${unionOf(days)} @> ${unionOf(sql`a.days`)} as administrators,
      not ${unionOf(sql`${days} * ${grouped(until)}`)} @> ${unionOf(sql`a.days * ${grouped(sql`a.is_member`)}`)} as "inAutomaticGroup"
    from a`.execute(asking.tx)
  return only(rows)
}

/** The days from today on that have an administrator, to be compared after many users were changed. */
export interface DaysCovered {
  administrators: string
  inAutomaticGroup: string
}

export async function findDaysCovered(asking: Asking): Promise<DaysCovered> {
  const { rows } = await sql<DaysCovered>`
    with a as (${administrators(asking)})
    select ${unionOf(sql`a.days`)}::text as administrators, ${unionOf(sql`a.days * a.in_group`)}::text as "inAutomaticGroup" from a`.execute(
    asking.tx,
  )
  return only(rows)
}

/** What was lost since. */
export async function findLossesSince(asking: Asking, former: DaysCovered): Promise<Losses> {
  const now = await findDaysCovered(asking)
  const { rows } = await sql<Losses>`
    select not ${now.administrators}::datemultirange @> ${former.administrators}::datemultirange as administrators,
      not ${now.inAutomaticGroup}::datemultirange @> ${former.inAutomaticGroup}::datemultirange as "inAutomaticGroup"`.execute(
    asking.tx,
  )
  return only(rows)
}

/**
 * The active administrators of the customer with their days from today on, `days_ahead` being all of those; whether they are in the
 * automatic group, as all days or none; and on which days they are, by what is planned.
 */
function administrators({ now, actor }: Asking): RawBuilder<unknown> {
  return sql`
    select u.id, t.days_ahead, daterange(u.begins_on, u.ends_on, '[]') * t.days_ahead as days,
      coalesce(m.is_member, 'empty') as is_member, coalesce(m.in_group, 'empty') as in_group
    from customer c cross join lateral (select daterange((${now}::timestamptz at time zone c.time_zone)::date, null) as days_ahead) t
      join portal_user u on u.customer_id = c.id and u.role = 'portal-administrator' and u.state = 'active'
      left join lateral (
        select daterange(null, null) as is_member, daterange(null, min(p.due_on)) as in_group
        from user_group g join user_group_member m on m.customer_id = g.customer_id and m.user_group_id = g.id
          left join planned_membership p on p.customer_id = g.customer_id and p.user_group_id = g.id and p.user_id = m.user_id
            and not p.joins and p.refused is null
        where g.customer_id = u.customer_id and g.is_automatic and m.user_id = u.id group by g.id) m on true
    where c.id = ${actor.customer.id}`
}

function unionOf(days: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(range_agg(${days}), '{}'::datemultirange)`
}

function rangeOf(administer: Period | 'never'): RawBuilder<unknown> {
  const range = administer === 'never' ? 'empty' : `[${administer.beginsOn},${administer.endsOn}]`
  return sql`${range}::daterange`
}
