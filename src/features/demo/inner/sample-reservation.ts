import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Reserves that the first number of the demo's line without a target gets one, in a month's time at nine in the morning. */
export async function addSampleReservation(tx: Transaction, now: Date): Promise<void> {
  await sql`
    insert into pbx.reservation (customer_id, contract_id, due_at, reserved_at, actor_id, actor_name, action, subject, changes, numbers)
    select n.customer_id, n.contract_id, ((${now}::timestamptz at time zone l.time_zone)::date + 30 + time '09:00') at time zone l.time_zone,
      ${now}, u.id, u.name, 'number-changed', n.number, jsonb_build_array(jsonb_build_object('relation', 'external_number',
        'before', told.row, 'after', told.row || jsonb_build_object('target', g.number))), array[n.number]
    from pbx.line l join portal_user u on u.customer_id = l.customer_id and u.mail = 'yamada@example.co.jp'
    cross join lateral (select number from pbx.call_group where customer_id = l.customer_id and contract_id = l.contract_id
      order by number limit 1) g
    cross join lateral (select * from pbx.external_number where customer_id = l.customer_id and contract_id = l.contract_id
      and target is null and ended_on is null order by number limit 1) n
    cross join lateral (select jsonb_build_object('number', n.number, 'memo', n.memo, 'target', n.target, 'calendar_id', n.calendar_id,
      'closed_inside', n.closed_inside, 'closed_outside', n.closed_outside, 'closed_voicemail', n.closed_voicemail) as row) told
    where l.number = 'N130000007'`.execute(tx)
}
