import { enqueueMail } from '#features/mails/enqueue.ts'
import { mailedPaths } from '#features/first-login/links.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { confirmMailEmail } from './confirm-mail.email.ts'
import { claimAddress, type MailProblem } from './inner/claim-address.ts'
import { lockUser } from './inner/lock-user.ts'
import type { Telling } from '#features/mails/tell-administrators.ts'
import { noteChange } from './inner/note-change.ts'
import { writeMail } from './inner/write-mail.ts'
import type { User } from './user.ts'

/** How long a new address waits to be confirmed. */
const confirmationLasts = 24 * hours

/**
 * Gives a user another mail address. It counts once somebody has confirmed it who reads what is sent there; the old one is
 * told. Whoever awaits registration confirms it by registering: the opening notice goes to the new address at once.
 */
export async function changeMail(
  ctx: Confirmed<Context>,
  user: User,
  newMail: string,
): Promise<Outcome<'changed' | 'to-be-confirmed', MailProblem | 'changed-meanwhile'>> {
  const whom = { customerId: ctx.actor.customer.id, userId: user.id }
  const locked = await lockUser(ctx, whom)
  if (!locked) return refuse('changed-meanwhile')
  const claimed = await claimAddress(ctx, newMail)
  if (!claimed.ok) return claimed
  const values = { before: { mail: user.mail }, after: { mail: newMail } }
  if (locked.state === 'awaiting-registration') {
    await writeMail(ctx, { ...whom, newMail })
    await noteChange(
      ctx,
      { ...user, mail: newMail },
      { action: 'mail-changed', told: ['mail-changed'], userKnows: true, ...values },
    )
    await sendOpeningNotice(ctx, whom)
    return done('changed')
  }
  await askAtNewAddress(ctx, user, { newMail, credentialEpoch: locked.credential_epoch })
  await noteChange(ctx, user, { action: 'mail-change-requested', told: ['mail-requested'], ...values })
  return done('to-be-confirmed')
}

/** Takes a new address back that nobody has confirmed yet. */
export async function withdrawMailChange(ctx: Context, user: User): Promise<void> {
  const { tx, actor } = ctx
  const withdrawn = await tx
    .deleteFrom('mail_change')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', user.id)
    .returning('new_mail')
    .executeTakeFirst()
  if (withdrawn) await noteChange(ctx, user, { action: 'mail-change-withdrawn', before: { mail: withdrawn.new_mail } })
}

/** Sends the new address a URL that confirms it. */
export async function askAtNewAddress(
  ctx: Telling & Pick<Context, 'portalUrl'>,
  user: Pick<User, 'id' | 'mailLanguage' | 'timeZone'>,
  { newMail, credentialEpoch }: { newMail: string; credentialEpoch: number },
): Promise<void> {
  const { tx, actor, now, portalUrl } = ctx
  const customerId = actor.customer.id
  await tx.deleteFrom('mail_change').where('customer_id', '=', customerId).where('user_id', '=', user.id).execute()
  const key = newToken()
  const expiresAt = after(now, confirmationLasts)
  await tx
    .insertInto('mail_change')
    .values({
      customer_id: customerId,
      user_id: user.id,
      new_mail: newMail,
      token_hash: hashOf(key),
      credential_epoch: credentialEpoch,
      requested_by: actor.userId,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  const url = `${new URL(mailedPaths.confirmMail, portalUrl).href}?key=${key}`
  const { mailLanguage: language, timeZone } = user
  const email = confirmMailEmail(language, { url, expiresAt, timeZone })
  await enqueueMail(
    ctx,
    { customerId, userId: user.id, address: newMail, language },
    { kind: 'mail-confirmation', email, goodUntil: expiresAt },
  )
}
