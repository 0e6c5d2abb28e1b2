import { sql } from 'kysely'
import { type AccessBy, recordAccess } from '#features/access-history/record.ts'
import type { Actor } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { enterFence } from '#features/sessions/fence.ts'
import type { Visitor } from '#platform/context.ts'
import type { Transaction } from '#platform/database/database.ts'
import { minutes } from '#platform/time/duration.ts'
import { findLooked, lookedBy } from './inner/looked.ts'
import type { ViewingEnd } from './list.ts'

/** The member of staff ends the look: in a transaction of its own, for that of the session can only read. */
export async function endOwnViewing(visitor: Visitor & { actor?: Actor }): Promise<void> {
  const { tx, now, actor } = visitor
  if (!actor) return
  const { customer, sessionId } = actor
  await enterFence(tx, customer.id)
  const { rows } = await sql<{ id: string }>`
    select id from viewing where customer_id = ${customer.id} and session_id = ${sessionId} and ended_at is null`.execute(
    tx,
  )
  for (const { id } of rows) await noteEnd(visitor, { id, at: now, end: 'signed-out' })
}

/**
 * Notes the end of looks that are over: each request judged that before. At the time when it was so, or now where nothing says when.
 * With the operator's role.
 */
export async function endViewingsOver(tx: Transaction, by: Omit<AccessBy, 'tx'>): Promise<void> {
  const { now } = by
  const idle = sql`s.last_used_at + make_interval(mins => least(15, idle_minutes_of(u.idle_minutes, c.idle_minutes)))`
  const { rows } = await sql<{ id: string; at: Date; end: ViewingEnd }>`
    select v.id, case when s.ended_at is not null then s.ended_at when over.at <= ${now} then over.at else ${now} end as at,
      case when s.ended_at is not null then 'replaced' when s.id is not null and over.at > ${now} then 'closed'
        when over.at < v.ends_at then 'idle' else 'time' end as end
    from viewing v join portal_user u on u.customer_id = v.customer_id and u.id = v.user_id join customer c on c.id = v.customer_id
      left join session s on s.customer_id = v.customer_id and s.id = v.session_id
      cross join lateral (select coalesce(least(v.ends_at, ${idle}), v.ends_at) as at) over
    where v.begun_at is not null and v.ended_at is null and (s.id is null or s.ended_at is not null or over.at <= ${now}
      or u.state <> 'active' or s.credential_epoch <> u.credential_epoch or s.policy_epoch <> c.policy_epoch
      or not is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now})
      or not door.may_view(v.staff_id, v.customer_id, ${now}) or not door.look_holds(v.staff_session_id, v.staff_epoch, ${now}))`.execute(
    tx,
  )
  for (const over of rows) await noteEnd({ ...by, tx }, over)
}

/** Once, whoever of two comes first; both histories say how long it took. */
async function noteEnd(by: AccessBy, { id, at, end }: { id: string; at: Date; end: ViewingEnd }): Promise<void> {
  const { tx } = by
  const ended = await tx
    .updateTable('viewing')
    .set({ ended_at: at, end_reason: end })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  const looked = ended && (await findLooked(by, id))
  if (!looked) return
  const { customerId, userId, userName, begunAt, sessionId } = looked
  if (sessionId !== null)
    await tx
      .updateTable('session')
      .set({ ended_at: at, end_reason: end === 'signed-out' ? 'signed-out' : 'timed-out' })
      .where('customer_id', '=', customerId)
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
      .execute()
  const actor = lookedBy(looked)
  const dated = { ...by, now: at }
  await recordAccess(dated, { customerId, userId, userName: actor.name, event: 'viewing-ended' })
  await recordChange(
    { tx, now: at, actor },
    {
      action: 'viewing-ended',
      subject: { kind: 'user', id: userId, name: userName },
      after: { lasted: Math.ceil((at.getTime() - begunAt.getTime()) / minutes), viewingEnd: end },
    },
  )
}
