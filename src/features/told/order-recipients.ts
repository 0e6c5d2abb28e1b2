import { sql } from 'kysely'
import type { OrderState } from '#features/orders/order.ts'
import { touches } from '#features/rights/rule-layers.ts'
import { subjectJoins } from '#features/subjects/subject.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Phrase } from '#platform/words.ts'
import { toldAtOnce, type ToldReader } from './recipients.ts'

/** An order as it is told by mail. */
export interface ToldOrder {
  id: string
  customerId: string
  code: string
  title: Phrase
  state: OrderState
  service: Phrase
  /** Its number. */
  contract: string | null
  deliveryOn: string | null
  hasOpening: boolean
  news: number
}

/** With the operator's role, past the fence: the job names the order alone. */
export async function findToldOrder(tx: Transaction, id: string): Promise<ToldOrder | undefined> {
  const { rows } = await sql<ToldOrder>`
    select r.id, r.customer_id as "customerId", r.code, json_build_object('ja', r.title_ja, 'en', r.title_en) as title, r.state,
      json_build_object('ja', s.name_ja, 'en', s.name_en) as service, k.number as contract, r.delivery_on as "deliveryOn",
      r.opening_ja is not null as "hasOpening", r.news
    from contract_order r ${subjectJoins} where r.id = ${id}`.execute(tx)
  return rows[0]
}

/** Those who may see the order at this moment, and wish to be told of orders at this moment, and were not told yet; in the order of their ids. */
export async function findOrderRecipients(
  tx: Transaction,
  { id, customerId, news }: ToldOrder,
  { after, now }: { after: string; now: Date },
): Promise<ToldReader[]> {
  const { rows } = await sql<ToldReader>`
    select u.id, u.mail, u.mail_language as language, u.time_zone as "timeZone", w.id as "wishId"
    from contract_order r ${subjectJoins} join customer c on c.id = r.customer_id
    join portal_user u on u.customer_id = r.customer_id cross join lateral (
      select w.id from mail_wish w where w.customer_id = u.customer_id and w.user_id = u.id and w.topic = 'order'
        and (w.service_id is null or w.service_id = s.id) and (w.site_id is null or w.site_id = k.site_id)
        and (w.contract_id is null or w.contract_id = k.id)
      order by num_nonnulls(w.contract_id) desc, num_nonnulls(w.site_id) desc, num_nonnulls(w.service_id) desc, w.id limit 1) w
    where r.customer_id = ${customerId} and r.id = ${id} and u.id > ${after} and u.state = 'active'
      and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now}) and exists (
        select from user_group_member m join user_group_right g on g.customer_id = m.customer_id and g.user_group_id = m.user_group_id
        where m.customer_id = u.customer_id and m.user_id = u.id and ${touches('g', { id: 'k.id', service: 's.id' })})
      and not exists (select from told o where o.customer_id = ${customerId} and o.subject_id = r.id and o.user_id = u.id
        and o.kind = 'order' and o.number = ${news})
      -- Who has asked for it was told that it was accepted, by a mail of its own.
      and not (r.news = 1 and exists (
        select from order_request q where q.customer_id = r.customer_id and q.order_id = r.id and q.asked_by = u.id))
    order by u.id limit ${sql.lit(toldAtOnce)}`.execute(tx)
  return rows
}
