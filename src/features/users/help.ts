import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { wishForUrl } from '#features/first-login/wish-for-url.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { User } from './user.ts'

// What staff do for a customer's user, in a context that works for the customer. None of it touches what proves the user.

/** Has the worker mail a new URL to whoever awaits registration; the old one is void then. */
export async function resendForStaff(ctx: Context, user: User): Promise<Outcome<void, 'not-awaiting'>> {
  if (user.state !== 'awaiting-registration') return refuse('not-awaiting')
  await wishForUrl(ctx, user.mail)
  await recordChange(ctx, { action: 'opening-notice-resent', subject: { kind: 'user', id: user.id, name: user.name } })
  return done()
}

/** Ends all logins of the user, each of which stands in the access history. */
export async function signOutForStaff(ctx: Context, user: User): Promise<Outcome<void, never>> {
  const { tx, now, actor } = ctx
  const { rows } = await sql<{ ended: number }>`select door.end_sessions_of(${user.id}, ${now}) as ended`.execute(tx)
  const line = { customerId: actor.customer.id, userId: user.id, userName: user.name } as const
  for (let left = rows[0]?.ended ?? 0; left > 0; left--)
    await recordAccess(ctx, { ...line, event: 'sign-out', reason: 'ended-by-operator' })
  await recordChange(ctx, { action: 'user-signed-out', subject: { kind: 'user', id: user.id, name: user.name } })
  return done()
}
