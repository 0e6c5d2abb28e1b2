import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Context } from '#features/actor.ts'
import { endOtherSessions } from '#features/sessions/end.ts'
import { renewSessionToken } from '#features/sessions/renew-token.ts'
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
    .leftJoin('user_credential as c', (on) =>
      on.onRef('c.customer_id', '=', 'u.customer_id').onRef('c.user_id', '=', 'u.id'),
    )
    .where('u.customer_id', '=', actor.customer.id)
    .where('u.id', '=', actor.userId)
    .select(['c.password_hash', 'u.credential_epoch'])
    .executeTakeFirstOrThrow()
  return { passwordHash: row.password_hash ?? undefined, credentialEpoch: row.credential_epoch }
}

/**
 * Sets the actor's new password: the other sessions and whatever else was derived from the old one are void, this session
 * goes on under a new token, which it answers. Refuses when the credential was changed since it was read.
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
  await endOtherSessions(ctx, 'password-changed')
  await recordChange(ctx, { action: 'password-changed', subject: { kind: 'user', id: actor.userId, name: actor.name } })
  const to = { customerId: actor.customer.id, userId: actor.userId, address: moved.mail, language: moved.mail_language }
  const email = passwordChangedEmail(moved.mail_language, { at: now, timeZone: moved.time_zone, ip: ctx.client.ip })
  await enqueueMail(ctx, to, { kind: 'password-changed', email })
  return done(await renewSessionToken(ctx, { credentialEpoch: moved.credential_epoch }))
}
