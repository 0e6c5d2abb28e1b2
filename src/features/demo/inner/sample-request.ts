import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, hours } from '#platform/time/duration.ts'

const answers = {
  count: 3,
  phones: 'rental',
  services: ['voicemail'],
  contact: '佐藤 花子',
  phone: '03-0000-0102',
  remarks: '総務部の増員に伴う追加です。\n内線番号は連番を希望します。',
}

/** Lets one customer approve what is ordered, and one of its users wait for that. */
export async function addSampleRequest(tx: Transaction, now: Date): Promise<void> {
  await sql`update customer set orders_need_approval = true where code = 'sample-works'`.execute(tx)
  const asked = after(now, -20 * hours)
  await sql`
    with asked as (
      insert into order_request (customer_id, code, service_id, contract_id, kind, title_ja, title_en, form, answers, wished_on, state,
        asked_by, asked_by_name, asked_at, updated_at)
      select u.customer_id, 'R0000001', s.id, k.id, 'change', f->'name'->>'ja', f->'name'->>'en', f, ${JSON.stringify(answers)}::jsonb,
        (${now}::timestamptz at time zone c.time_zone)::date + 14, 'awaiting-approval', u.id, u.name, ${asked}, ${asked}
      from portal_user u join customer c on c.id = u.customer_id join contract k on k.customer_id = c.id and k.number = 'N130000007'
      join service s on s.id = k.service_id cross join lateral jsonb_array_elements(s.order_forms) f
      where u.mail = 'sato@example.co.jp' and c.code = 'sample-works' and f->>'code' = 'more-extensions'
      returning customer_id)
    insert into order_request_counter (customer_id, last_number) select customer_id, 1 from asked`.execute(tx)
}
