import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { byUserName } from '#features/user-order.ts'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import type { Confirmed } from '#platform/context.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { IdleTime } from './idle-times.ts'

/** A user, as the time-out sees one. */
export interface UserIdleTime {
  id: string
  name: string
  mail: string
  /** What counts: never more than the customer's. */
  minutes: number
  /** Null: the customer's. */
  own: number | null
}

const kinds = ['own', 'customers'] as const

/** The users of the customer, those with a time of their own first. */
export const userIdleTimes = defineList({
  seen: ({ actor }: Context) => sql`seen as (
    select u.id, u.name, u.kana_order, u.mail, u.search, u.idle_minutes as own, idle_minutes_of(u.idle_minutes, c.idle_minutes) as minutes,
      case when u.idle_minutes is null then 'customers' else 'own' end as kind, (u.idle_minutes is null)::int as place
    from portal_user u join customer c on c.id = u.customer_id where u.customer_id = ${actor.customer.id} and u.urgency is not null)`,
  row: jsonRow<UserIdleTime>({
    id: value('r.id'),
    name: value('r.name'),
    mail: value('r.mail'),
    minutes: value('r.minutes'),
    own: value('r.own'),
  }),
  search: (terms) => sql`r.search like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`,
  facets: { kind: { values: kinds, column: 'r.kind' } },
  sortedBy: {
    kind: ascending(byInteger('r.place')),
    name: ascending(),
    minutes: ascending(byInteger('r.minutes')),
  },
  last: byUserName,
})

/** Gives users a time of their own, or the customer's again; answers how many. None may be more than the customer's. */
export async function setUserIdleTimes(
  ctx: Confirmed<Context>,
  { ids, minutes }: { ids: readonly string[]; minutes: IdleTime | null },
): Promise<Outcome<number, 'more-than-customers'>> {
  const { tx, actor, now } = ctx
  await endSessionsOver(tx, now, { customerId: actor.customer.id, userIds: ids })
  const { rows } = await sql<{ id: string; name: string; former: number | null; isMore: boolean }>`
    with c as (select idle_minutes from customer where id = ${actor.customer.id}),
    former as (
      select u.id, u.idle_minutes from portal_user u where u.customer_id = ${actor.customer.id} and u.id = any(${ids}::uuid[])
        and u.urgency is not null and u.idle_minutes is distinct from ${minutes}::integer order by u.id for update)
    update portal_user u set idle_minutes = ${minutes}::integer from former f, c
    where u.customer_id = ${actor.customer.id} and u.id = f.id
    returning u.id, u.name, f.idle_minutes as former, coalesce(${minutes}::integer > c.idle_minutes, false) as "isMore"`.execute(
    tx,
  )
  if (rows.some(({ isMore }) => isMore)) return refuse('more-than-customers')
  for (const { id, name, former } of rows)
    await recordChange(ctx, {
      action: 'user-idle-time-changed',
      subject: { kind: 'user', id, name },
      before: { idleMinutes: former },
      after: { idleMinutes: minutes },
    })
  return done(rows.length)
}
