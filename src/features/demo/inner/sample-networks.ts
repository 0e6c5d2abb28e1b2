import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Networks for examples (RFC 5737, RFC 3849), as a company with two offices would list them; the restriction itself is off. */
const networks = [
  ['192.0.2.0/24', '東京本社'],
  ['198.51.100.0/25', '大阪支店'],
  ['2001:db8:85a3::/48', '東京本社（IPv6）'],
] as const

/** Gives the customer with the most users of the demo a list that is not switched on: whoever tries the demo is in none of them. */
export async function addSampleNetworks(tx: Transaction): Promise<void> {
  await sql`
    insert into address_limit (customer_id, networks, descriptions)
    select customer_id, ${networks.map(([network]) => network)}::cidr[], ${networks.map(([, what]) => what)}::text[]
    from portal_user group by customer_id order by count(*) desc limit 1`.execute(tx)
}
