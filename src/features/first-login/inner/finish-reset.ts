import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import { endAllSessions } from '#features/sessions/end.ts'
import { forgetPast } from '#features/sign-in/forget-past.ts'
import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'
import { passwordSetEmail } from '../password-set.email.ts'
import { lockChosen } from './lock-chosen.ts'
import { ownRow } from './open-row.ts'

/**
 * Sets the new password of a user who has an account. Sessions, known browsers and all that the old one gave are void; the
 * second factor and the recovery codes stay. False when the URL is no longer good, or of another browser.
 */
export async function finishReset(visitor: Visitor, firstLogin: FirstLogin): Promise<boolean> {
  const { tx, now } = visitor
  const { customerId, userId, user } = firstLogin
  const chosen = await lockChosen(visitor, firstLogin)
  if (!chosen) return false
  const moved = await tx
    .updateTable('portal_user')
    .set({ credential_epoch: sql`credential_epoch + 1` })
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .where('state', '=', 'active')
    .where('credential_epoch', '=', chosen.credential_epoch)
    .returning('id')
    .executeTakeFirst()
  if (!moved) return false
  await tx
    .updateTable('user_credential')
    .set({ password_hash: chosen.password_hash, password_changed_at: now })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .execute()
  await ownRow(visitor, firstLogin).set({ finished_at: now, password_hash: null }).execute()
  await endAllSessions(visitor, { customerId, userId })
  await forgetPast(visitor, { customerId, userId, userName: user.name, loginId: user.loginId })
  await tell(visitor, firstLogin)
  return true
}

async function tell(visitor: Visitor, { customerId, userId, user }: FirstLogin): Promise<void> {
  const { tx, now, client } = visitor
  const { name, mail: address, mailLanguage: language, timeZone } = user
  await recordChange(
    { tx, now, actor: { customer: { id: customerId }, userId, name } },
    { action: 'password-set-anew', subject: { kind: 'user', id: userId, name } },
  )
  const email = passwordSetEmail(language, { at: now, timeZone, ip: client.ip })
  await enqueueMail(visitor, { customerId, userId, address, language }, { kind: 'password-set', email })
}
