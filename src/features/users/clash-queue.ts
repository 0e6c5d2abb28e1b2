import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, jsonRow, rowOrNull, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'

export const clashStates = ['open', 'done'] as const
export type ClashState = (typeof clashStates)[number]

/** An address that an administrator gave, and that a user of another customer has: as staff see it. */
export interface StaffClash {
  id: string
  at: Date
  state: ClashState
  customer: { id: string; name: string }
  administrator: { id: string; name: string }
  mail: string
  /** Who has it; null: nobody any more. */
  holder: { id: string; name: string; customer: { id: string; name: string } } | null
  /** How often this customer has asked for addresses of others within the two years that it is kept. */
  ofCustomer: number
  doneBy: string | null
}

const holder = jsonRow<NonNullable<StaffClash['holder']>>({
  id: value('u.id'),
  name: value('u.name'),
  customer: jsonRow({ id: value('h.id'), name: value('h.name') }),
})

/** Of all customers, the newest first. */
export const clashQueue = defineList({
  seen: (_ctx: Visitor) => sql`seen as (
    select r.*, c.name as customer_name, case when r.done_at is null then 'open' else 'done' end as state
    from address_clash r join customer c on c.id = r.customer_id where not c.is_house)`,
  row: jsonRow<StaffClash>({
    id: value('r.key'),
    at: at('r.at'),
    state: value('r.state'),
    customer: jsonRow({ id: value('r.customer_id'), name: value('r.customer_name') }),
    administrator: jsonRow({
      id: value('r.user_id'),
      name: value(sql`(select u.name from portal_user u where u.customer_id = r.customer_id and u.id = r.user_id)`),
    }),
    mail: value('r.mail'),
    holder: rowOrNull(
      holder,
      sql`portal_user u join customer h on h.id = u.customer_id
      where u.login_id = fold_text(r.mail) and u.state <> 'deleted' and not h.is_house`,
    ),
    ofCustomer: value(sql`(select count(*)::integer from address_clash o where o.customer_id = r.customer_id)`),
    doneBy: value('r.done_by'),
  }),
  search: ['r.mail', 'r.customer_name'],
  facets: { state: { values: clashStates, column: 'r.state' } },
  most: 10_000,
  sortedBy: { at: descending(byTime('r.at')), customer: ascending(byText('r.customer_name')) },
  last: [byText(sql`r.id::text`)],
})

/** Whose it is; undefined: there is none. */
export async function findClashCustomer({ tx }: Pick<Visitor, 'tx'>, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ customerId: string }>`
    select customer_id as "customerId" from address_clash where key = ${id} and customer_id <> house()`.execute(tx)
  return rows[0]?.customerId
}

/** Notes that somebody of the staff has looked after it, or that it is open again. Answers whether it was otherwise. */
export async function markClash(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { id, customerId }: { id: string; customerId: string },
  by: string | null,
): Promise<boolean> {
  const { rows } = await sql`
    update address_clash set done_at = ${by === null ? null : now}, done_by = ${by}
    where customer_id = ${customerId} and key = ${id} and (done_at is null) = ${by !== null} returning id`.execute(tx)
  return rows.length > 0
}
