import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { at, jsonRow, only, rowsOf, value, when } from '#platform/database/json-row.ts'
import { after, days } from '#platform/time/duration.ts'
import type { LimitEntry } from './entries.ts'

/** The rules of a customer: what is in force. */
export interface AddressLimit {
  isOn: boolean
  entries: LimitEntry[]
  /** Null: it was confirmed. */
  trial: { endsAt: Date; by: string } | null
  limitsNewUsers: boolean
  /** Users who may use the portal from these networks alone, if it is on; and all. */
  limited: number
  users: number
  /** Whether the reader is one of them. */
  isOwn: boolean
  version: number
}

export async function findAddressLimit({ tx, actor, now }: Context): Promise<AddressLimit> {
  const { rows } = await sql<{ told: Parameters<typeof row.read>[0] }>`
    select ${row.json} as told from customer c
    left join address_limit l on l.customer_id = c.id
    cross join lateral (select coalesce(l.trial_ends_at > ${now}, false) as is_trial) t
    cross join lateral (
      select count(*)::int as users, (count(*) filter (where case when t.is_trial then coalesce(u.trial_limited, u.is_limited) else u.is_limited end))::int as limited,
        bool_or(u.id = ${actor.userId} and case when t.is_trial then coalesce(u.trial_limited, u.is_limited) else u.is_limited end) as is_own
      from portal_user u where u.customer_id = c.id and u.urgency is not null) n
    where c.id = ${actor.customer.id}`.execute(tx)
  return row.read(only(rows).told)
}

const entry = jsonRow<LimitEntry>({ network: value('e.network'), description: value('e.description') })

const trial = jsonRow<NonNullable<AddressLimit['trial']>>({
  endsAt: at('l.trial_ends_at'),
  by: value(sql`(select name from portal_user b where b.customer_id = c.id and b.id = l.trial_by)`),
})

const row = jsonRow<AddressLimit>({
  isOn: value(sql`coalesce(case when t.is_trial then l.trial_is_on else l.is_on end, false)`),
  entries: rowsOf(entry, {
    from: sql`unnest(case when t.is_trial then l.trial_networks::text[] else l.networks::text[] end,
      case when t.is_trial then l.trial_descriptions else l.descriptions end) with ordinality e(network, description, place)`,
    orderBy: sql`e.place`,
  }),
  trial: when(sql`t.is_trial`, trial),
  limitsNewUsers: value(sql`coalesce(l.limits_new_users, false)`),
  limited: value('n.limited'),
  users: value('n.users'),
  isOwn: value('n.is_own'),
  version: value(sql`coalesce(l.version, 1)`),
})

/** How far back it is looked from where users have logged in. */
export const lookedBack = 30 * days

/** A limited user who has lately logged in from where these rules would refuse it. */
export interface AffectedUser {
  id: string
  name: string
  addresses: string[]
  lastAt: Date
}

const mostTold = 50

/** Of the users who are limited now, or of these: who has logged in within 30 days from outside of the networks. */
export async function findAffected(
  { tx, actor, now }: Context,
  { networks, limited }: { networks: readonly string[]; limited?: readonly string[] | undefined },
): Promise<{ users: AffectedUser[]; count: number }> {
  const isLimited = limited
    ? sql`u.id = any(${limited}::uuid[])`
    : sql`case when l.trial_ends_at > ${now} then coalesce(u.trial_limited, u.is_limited) else u.is_limited end`
  const { rows } = await sql<{ count: number; users: Parameters<typeof affected.read>[0][] }>`
    with r as (
      select u.id, u.name, (array_agg(distinct host(h.ip)))[1:5] as addresses, max(h.at) as last_at
      from access_history h join portal_user u on u.customer_id = h.customer_id and u.id = h.user_id
        left join address_limit l on l.customer_id = u.customer_id
      where h.customer_id = ${actor.customer.id} and h.at > ${after(now, -lookedBack)} and h.event in ('sign-in', 'second-step-skipped')
        and u.urgency is not null and ${isLimited} and not (h.ip <<= any (${networks}::inet[]))
      group by u.id)
    select (select count(*)::int from r) as count, coalesce((select json_agg(${affected.json} order by r.last_at desc)
      from (select * from r order by last_at desc limit ${sql.lit(mostTold)}) r), '[]') as users`.execute(tx)
  const { count, users } = only(rows)
  return { count, users: users.map(affected.read) }
}

const affected = jsonRow<AffectedUser>({
  id: value('r.id'),
  name: value('r.name'),
  addresses: value(sql`to_json(r.addresses)`),
  lastAt: at('r.last_at'),
})
