import { enqueueMail } from '#features/mails/enqueue.ts'
import { issueUrl, lockAddressee, type Sending } from './inner/issue-url.ts'
import { mailedUrl } from './links.ts'
import { setHeld } from './send-opening-notice.ts'
import { reissuedLasts } from './request-url.ts'
import { setupUrlEmail } from './setup-url.email.ts'

/**
 * Sends a user whose second factor was reset a URL that runs all steps of a first login. A user who does not await
 * registration is sent nothing; whoever is outside of the own period, the opening notice when that begins.
 */
export async function sendSetupUrl(
  by: Sending,
  whom: { customerId: string; userId: string },
  resetBy: 'administrator' | 'operator',
): Promise<void> {
  const user = await lockAddressee(by, whom)
  if (user?.state !== 'awaiting-registration') return
  if (!user.isInPeriod) {
    if (!user.isHeld) await setHeld(by, user)
    return
  }
  const { url, expiresAt } = await issueUrl(by, user, { purpose: 'registration', lasts: reissuedLasts })
  const { customerId, userId, mail: address, mailLanguage: language, timeZone } = user
  const email = setupUrlEmail(language, { resetBy, url, expiresAt, timeZone, helpUrl: mailedUrl(by.portalUrl, 'help') })
  const mail = { kind: 'opening-notice', email, goodUntil: expiresAt }
  await enqueueMail(by, { customerId, userId, address, language }, mail)
}
