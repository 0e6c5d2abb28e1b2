import { isInPeriod } from '#features/periods-of-use/period.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import { after, hours } from '#platform/time/duration.ts'
import { sql } from 'kysely'
import type { Sending } from './inner/issue-url.ts'
import { mailedUrl } from './links.ts'
import { reminderEmail } from './reminder.email.ts'

const ahead = 24 * hours

/** Reminds each user who has not registered, once, a day before the first URL expires. With the operator's role. */
export async function remindOfFirstLogins(by: Sending): Promise<void> {
  const { tx, now, portalUrl } = by
  const due = await tx
    .updateTable('first_login as f')
    .from(['portal_user as u', 'customer as c'])
    .set({ reminded_at: now })
    .whereRef('u.customer_id', '=', 'f.customer_id')
    .whereRef('u.id', '=', 'f.user_id')
    .whereRef('c.id', '=', 'f.customer_id')
    .where('c.is_house', '=', false)
    .where('u.state', '=', 'awaiting-registration')
    .where(isInPeriod(now))
    .where('f.purpose', '=', 'registration')
    .where('f.reminded_at', 'is', null)
    .where('f.finished_at', 'is', null)
    .where('f.ended_at', 'is', null)
    .where('f.expires_at', '>', now)
    .where('f.expires_at', '<=', after(now, ahead))
    // One that lasts no longer needs no reminder: a re-issued one, or where the operator allows a day.
    .where(sql<boolean>`f.expires_at - f.created_at > ${`${ahead / hours} hours`}::interval`)
    .returning(['f.created_at', 'f.expires_at', 'u.customer_id', 'u.id', 'u.mail', 'u.mail_language', 'u.time_zone'])
    .execute()
  for (const { customer_id: customerId, id: userId, mail: address, mail_language: language, ...facts } of due) {
    const email = reminderEmail(language, {
      sentAt: facts.created_at,
      expiresAt: facts.expires_at,
      timeZone: facts.time_zone,
      reissueUrl: mailedUrl(portalUrl, 'reissue'),
    })
    const mail = { kind: 'first-login-reminder', email, goodUntil: facts.expires_at }
    await enqueueMail(by, { customerId, userId, address, language }, mail)
  }
}
