import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { at, jsonRow, only, rowsOf, value } from '#platform/database/json-row.ts'
import { after, days } from '#platform/time/duration.ts'

/** What is older is in the list alone. */
const lately = 7 * days
/** Failures are looked at, the newest first; of each kind so many are told. */
const mostLookedAt = 1_000
const mostTold = 3

/** What an administrator should look at in the history of the last seven days. */
export interface Attention {
  locks: { userId: string; userName: string; times: number; at: Date }[]
  /** Failures from where nobody of the customer has ever logged in: an address and its neighbours. */
  strangers: { network: string; times: number; userNames: string[]; at: Date }[]
}

// An address and its neighbours. Written out, for `network_around` of the database, which is the same, is called for each line.
const networkAround = sql`network(set_masklen(ip, case family(ip) when 4 then 24 else 64 end))`

export async function findAttention({ tx, actor, now }: Context): Promise<Attention> {
  const ofCustomer = sql`customer_id = ${actor.customer.id}`
  const since = after(now, -lately)
  const locks = rowsOf(lock, {
    from: sql`(
      select user_id, (array_agg(user_name order by at desc))[1] as user_name, count(*) as times, max(at) as at from access_history
      where ${ofCustomer} and event = 'locked' and at > ${since} and user_id is not null
      group by user_id order by max(at) desc limit ${sql.lit(mostTold)}) l`,
    orderBy: sql`l.at desc`,
  })
  const strangers = rowsOf(stranger, {
    from: sql`(
      select * from (
        select ${networkAround} as network, count(*) as times, max(at) as at, array_agg(distinct user_name) as user_names from (
          select ip, at, user_name from access_history where ${ofCustomer} and event = 'failed' and at > ${since} and ip is not null
          order by at desc, id desc limit ${sql.lit(mostLookedAt)}) failed
        group by 1) n
      where not exists (select from access_history k where k.customer_id = ${actor.customer.id}
        and k.event in ('sign-in', 'second-step-skipped') and k.ip between first_address(n.network) and last_address(n.network))
      order by n.at desc limit ${sql.lit(mostTold)}) n`,
    orderBy: sql`n.at desc`,
  })
  const told = jsonRow<Attention>({ locks, strangers })
  const { rows } = await sql<{ told: Parameters<typeof told.read>[0] }>`select ${told.json} as told`.execute(tx)
  return told.read(only(rows).told)
}

const lock = jsonRow<Attention['locks'][number]>({
  userId: value('l.user_id'),
  userName: value('l.user_name'),
  times: value('l.times'),
  at: at('l.at'),
})

const stranger = jsonRow<Attention['strangers'][number]>({
  network: value(sql`n.network::text`),
  times: value('n.times'),
  userNames: value(sql`to_json(n.user_names[1:${sql.lit(mostTold)}])`),
  at: at('n.at'),
})
