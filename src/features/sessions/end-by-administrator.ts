import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Confirmed } from '#platform/context.ts'
import type { Language } from '#platform/words.ts'
import { isInScope, type SessionScope } from './list-open.ts'
import { isOpenAt, sessionsOf } from './open-condition.ts'
import { signedOutEmail } from './signed-out.email.ts'

/**
 * Ends open sessions of the customer's users, never the actor's own one here; tells each user by mail, and both histories.
 * Answers how many sessions of how many users.
 */
export async function endByAdministrator(
  ctx: Confirmed<Context>,
  scope: SessionScope,
): Promise<{ sessions: number; users: number }> {
  const { tx, actor, now } = ctx
  const { rows: ended } = await sql<Ended>`
    with ended as (
      update session set ended_at = ${now}, end_reason = 'ended-by-administrator'
      where customer_id = ${actor.customer.id} and ended_at is null and id in (
        select s.id from ${sessionsOf(actor.customer.id)} and ${isOpenAt(now)} and s.id <> ${actor.sessionId} and ${isInScope(scope)})
      returning user_id)
    select u.id, u.name, u.mail, u.mail_language as language, u.time_zone as "timeZone", count(*)::int as sessions
    from ended e join portal_user u on u.customer_id = ${actor.customer.id} and u.id = e.user_id
    group by u.id order by u.id`.execute(tx)
  await Promise.all(ended.map((each) => tellOf(ctx, each)))
  return { sessions: ended.reduce((sum, { sessions }) => sum + sessions, 0), users: ended.length }
}

interface Ended {
  id: string
  name: string
  mail: string
  language: Language
  timeZone: string
  sessions: number
}

async function tellOf(
  ctx: Context,
  { id: userId, name, mail: address, language, timeZone, sessions }: Ended,
): Promise<void> {
  const { actor, now } = ctx
  const customerId = actor.customer.id
  const line = { customerId, userId, userName: name, event: 'sign-out', reason: 'ended-by-administrator' } as const
  const email = signedOutEmail(language, { by: actor.name, at: now, timeZone })
  await Promise.all([
    ...Array.from({ length: sessions }, () => recordAccess(ctx, line)),
    recordChange(ctx, {
      action: 'user-signed-out',
      subject: { kind: 'user', id: userId, name },
      after: { sessions },
    }),
    enqueueMail(ctx, { customerId, userId, address, language }, { kind: 'signed-out', email }),
  ])
}
