import { sendMailCode } from './send-code.ts'
import type { Context } from '#features/actor.ts'
import { renewSessionToken } from '#features/sessions/renew-token.ts'
import { after, minutes } from '#platform/time/duration.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { findAwaitedConfirmation } from './awaited.ts'
import { passSecondStep, type SecondStep, type SecondStepProblem } from './finish.ts'

/** How long a second factor shown within a session counts for what needs it. */
export const confirmedFor = 10 * minutes
/** How long one may take to show it. */
const awaited = 30 * minutes

/** Whether the actor has shown the second factor lately enough for a critical change. */
export function isConfirmed({ actor, now }: Context): boolean {
  return after(actor.confirmedAt, confirmedFor) > now
}

/** Asks the actor for the second factor once more; answers the token for the cookie by which it is known. */
export async function beginConfirmation(ctx: Context): Promise<string> {
  const { tx, now, actor } = ctx
  const token = newToken()
  await tx
    .insertInto('sign_in')
    .values(({ selectFrom }) => ({
      customer_id: actor.customer.id,
      user_id: actor.userId,
      token_hash: hashOf(token),
      second_factor: actor.secondFactor,
      credential_epoch: selectFrom('portal_user')
        .where('customer_id', '=', actor.customer.id)
        .where('id', '=', actor.userId)
        .select('credential_epoch'),
      expires_at: after(now, awaited),
      confirms_session: actor.sessionId,
    }))
    .execute()
  const signIn = actor.secondFactor === 'mail-otp' ? await findAwaitedConfirmation(ctx, token) : undefined
  // Refused, it leaves no code to wait for, and the page says so.
  if (signIn) await sendMailCode(ctx, { signInId: signIn.id, user: signIn.user })
  return token
}

/** The second factor within a session. Answers the session's new token: whoever has the old one stays as they were. */
export async function finishConfirmation(
  ctx: Context,
  step: Omit<SecondStep, 'kind' | 'sessionToken'>,
): Promise<Outcome<string, SecondStepProblem>> {
  const passed = await passSecondStep(ctx, { ...step, kind: 'own-factor', sessionToken: '' })
  if (!passed.ok) return passed
  return done(await renewSessionToken(ctx, { confirmedAt: ctx.now }))
}
