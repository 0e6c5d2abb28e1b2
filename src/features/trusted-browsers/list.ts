import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { byUserName } from '#features/user-order.ts'
import { at, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byId, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { isTrustedAt, trustedUntil } from './rule.ts'

/** A browser that is trusted now. */
export interface TrustedBrowser {
  id: string
  user: { id: string; name: string }
  browser: string
  ip: string
  /** When the second factor was shown there. */
  confirmedAt: Date
  lastUsedAt: Date
  /** If nobody logs in there before. */
  endsAt: Date
}

const row = jsonRow<TrustedBrowser>({
  id: value('r.id'),
  user: jsonRow({ id: value('r.user_id'), name: value('r.name') }),
  browser: value('r.browser'),
  ip: value('r.address'),
  confirmedAt: at('r.confirmed_at'),
  lastUsedAt: at('r.last_used_at'),
  endsAt: at('r.ends_at'),
})

const columns = sql`t.id, t.user_id, u.name, u.kana_order, u.mail, t.browser, host(t.ip) as address, t.confirmed_at, t.last_used_at, ${trustedUntil} as ends_at`

/** Browsers in which users of the customer skip the second step, the newest login first. */
export const trustedBrowserList = defineList({
  seen: ({ actor, now }: Context) => sql`seen as (
    select ${columns} from trusted_browser t join portal_user u on u.customer_id = t.customer_id and u.id = t.user_id
      join customer c on c.id = t.customer_id
    where t.customer_id = ${actor.customer.id} and ${isTrustedAt(now)})`,
  row,
  search: ['r.name', 'r.browser', 'r.address'],
  sortedBy: { 'last-used': descending(byTime('r.last_used_at')), user: ascending(...byUserName) },
  last: [byId('r.id')],
})

/** The actor's own, the newest login first. */
export async function listOwnTrusted({ tx, actor, now }: Context): Promise<TrustedBrowser[]> {
  const { rows } = await sql<{ told: Parameters<typeof row.read>[0] }>`
    select ${row.json} as told from (
      select ${columns} from trusted_browser t join portal_user u on u.customer_id = t.customer_id and u.id = t.user_id
        join customer c on c.id = t.customer_id
      where t.customer_id = ${actor.customer.id} and t.user_id = ${actor.userId} and ${isTrustedAt(now)}) r
    order by r.last_used_at desc, r.id`.execute(tx)
  return rows.map(({ told }) => row.read(told))
}
