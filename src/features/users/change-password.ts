import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Context } from '#features/sessions/actor.ts'
import { startSession } from '#features/sessions/start.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { passwordChangedEmail } from './password-changed.email.ts'

/** What the present password is compared with, and the epoch it belongs to. */
export interface OwnCredential {
  passwordHash: string | undefined
  credentialEpoch: number
}

export async function findOwnCredential({ tx, actor }: Context): Promise<OwnCredential> {
  const row = await tx
    .selectFrom('portal_user as u')
    .leftJoin('user_credential as c', 'c.user_id', 'u.id')
    .where('u.customer_id', '=', actor.customer.id)
    .where('u.id', '=', actor.userId)
    .select(['c.password_hash', 'u.credential_epoch'])
    .executeTakeFirstOrThrow()
  return { passwordHash: row.password_hash ?? undefined, credentialEpoch: row.credential_epoch }
}

/**
 * Sets the actor's new password: every session and whatever else was derived from the old one is void, this browser gets
 * a new session. Refuses when the credential was changed since it was read. Answers the new session's token.
 */
export async function changeOwnPassword(
  ctx: Context,
  { newHash, credentialEpoch }: { newHash: string; credentialEpoch: number },
): Promise<Outcome<string, 'changed-meanwhile'>> {
  const { tx, now, actor } = ctx
  const moved = await tx
    .updateTable('portal_user')
    .set({ credential_epoch: sql`credential_epoch + 1` })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.userId)
    .where('credential_epoch', '=', credentialEpoch)
    .returning(['credential_epoch', 'mail', 'mail_language', 'time_zone'])
    .executeTakeFirst()
  if (!moved) return refuse('changed-meanwhile')
  await tx
    .updateTable('user_credential')
    .set({ password_hash: newHash, password_changed_at: now })
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .execute()
  await tx
    .updateTable('session')
    .set({ ended_at: now, end_reason: 'revoked' })
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('ended_at', 'is', null)
    .execute()
  await recordChange(ctx, { action: 'password-changed', subject: { kind: 'user', id: actor.userId, name: actor.name } })
  const to = { customerId: actor.customer.id, userId: actor.userId, address: moved.mail, language: moved.mail_language }
  const email = passwordChangedEmail(moved.mail_language, { at: now, timeZone: moved.time_zone, ip: ctx.client.ip })
  await enqueueMail(ctx, to, { kind: 'password-changed', email })
  const { customer, userId, secondFactor } = actor
  return done(
    await startSession(ctx, { customerId: customer.id, userId, secondFactor, credentialEpoch: moved.credential_epoch }),
  )
}
