import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { byUserName } from '#features/user-order.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { after } from '#platform/time/duration.ts'
import { lookedBack } from './find.ts'

/** A user, as the restriction sees one. */
export interface LimitedUser {
  id: string
  name: string
  mail: string
  isLimited: boolean
  /** Addresses of logins within 30 days that the list in force does not hold. */
  outside: string[]
}

const limitStates = ['limited', 'unlimited'] as const

/** The users of the customer, those who are limited first. */
export const limitedUserList = defineList({
  seen: ({ actor, now }: Context) => sql`seen as (
    select u.id, u.name, u.kana_order, u.mail, u.search, l.networks, case when s.limited then 'limited' else 'unlimited' end as state, (not s.limited)::int as place
    from portal_user u
    left join lateral (select a.trial_ends_at > ${now} as is_trial,
      case when a.trial_ends_at > ${now} then a.trial_networks else a.networks end as networks from address_limit a
      where a.customer_id = u.customer_id) l on true
    cross join lateral (select case when l.is_trial then coalesce(u.trial_limited, u.is_limited) else u.is_limited end as limited) s
    where u.customer_id = ${actor.customer.id} and u.urgency is not null)`,
  row: ({ actor, now }: Context) =>
    jsonRow<LimitedUser>({
      id: value('r.id'),
      name: value('r.name'),
      mail: value('r.mail'),
      isLimited: value(sql`r.state = 'limited'`),
      outside: value(sql`coalesce((select to_json((array_agg(distinct host(h.ip)))[1:5]) from access_history h
        where h.customer_id = ${actor.customer.id} and h.user_id = r.id and h.at > ${after(now, -lookedBack)}
          and h.event in ('sign-in', 'second-step-skipped') and not (h.ip <<= any (coalesce(r.networks, '{}')::inet[]))), '[]')`),
    }),
  search: (terms) => sql`r.search like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`,
  facets: { state: { values: limitStates, column: 'r.state' } },
  sortedBy: { state: ascending(byInteger('r.place')), name: ascending() },
  last: byUserName,
})
