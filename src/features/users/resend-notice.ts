import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hasNoGoodUrl } from './inner/expired.ts'
import { noteChange, type Concerned } from './inner/note-change.ts'

/** Sends the 《開通案内》 once more with a new URL; the old one is void. */
export async function resendNotice(
  ctx: Context,
  user: Concerned,
): Promise<Outcome<void, 'not-awaiting' | 'outside-period'>> {
  const notice = await sendOpeningNotice(ctx, { customerId: ctx.actor.customer.id, userId: user.id })
  if (notice === 'not-awaited') return refuse('not-awaiting')
  if (notice === 'held') return refuse('outside-period')
  await noteChange(ctx, user, { action: 'opening-notice-resent' })
  return done()
}

/** Users who are sent a new URL by one press of a button. */
export const mostResent = 100

/** Sends it to those who await registration and have no good URL any more, up to `mostResent`; answers how many. */
export async function resendExpired(ctx: Context): Promise<number> {
  const users = await expiredUsers(ctx)
    .select(['mail_language as mailLanguage', 'time_zone as timeZone'])
    // Those of another administrator who has pressed the button, too, are sent theirs already.
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  for (const user of users) await resendNotice(ctx, { ...user, isRegistered: false })
  return users.length
}

/** Who would be sent it. */
export async function listExpired(ctx: Context): Promise<{ id: string; name: string; mail: string }[]> {
  return expiredUsers(ctx).execute()
}

/** Those who have waited longest. */
const expiredUsers = ({ tx, actor, now }: Context) =>
  tx
    .selectFrom('portal_user as u')
    .where('u.customer_id', '=', actor.customer.id)
    .where(hasNoGoodUrl({ actor, now }))
    .select(['id', 'name', 'mail'])
    .orderBy('created_at')
    .limit(mostResent)

/** Who await registration and have no good URL any more. */
export async function countExpired({ tx, actor, now }: Context): Promise<number> {
  const { expired } = await tx
    .selectFrom('portal_user as u')
    .where('u.customer_id', '=', actor.customer.id)
    .where(hasNoGoodUrl({ actor, now }))
    .select(({ fn }) => fn.countAll<number>().as('expired'))
    .executeTakeFirstOrThrow()
  return expired
}
