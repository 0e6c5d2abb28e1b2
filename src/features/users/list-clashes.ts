import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { offsetClock } from '#platform/time/format.ts'

export interface AddressClash {
  /** In the operator's time zone: 2026-11-22 14:02:33+09:00. */
  localTime: string
  customer: string
  administrator: string
  mail: string
  /** How often this customer has asked for addresses of others, over all time. */
  count: number
}

const newest = 200

/** Administrators who gave an address that another customer's user has, the newest first. With the operator's role. */
export async function listAddressClashes(tx: Transaction): Promise<AddressClash[]> {
  const { rows } = await sql<Omit<AddressClash, 'localTime'> & { at: Date; zone: string }>`
    select a.at, o.time_zone as zone, c.code as customer,
      u.mail as administrator, a.mail, count(*) over (partition by a.customer_id) as count
    from operator o cross join address_clash a join customer c on c.id = a.customer_id
    join portal_user u on u.customer_id = a.customer_id and u.id = a.user_id
    order by a.at desc, a.id desc limit ${sql.lit(newest)}`.execute(tx)
  return rows.map(({ at, zone, ...clash }) => ({ localTime: offsetClock(zone)(at), ...clash }))
}
