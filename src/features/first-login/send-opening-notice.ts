import { enqueueMail } from '#features/mails/enqueue.ts'
import { houseId } from '#features/house.ts'
import { days } from '#platform/time/duration.ts'
import { type Addressee, issueUrl, lockAddressee, type Sending } from './inner/issue-url.ts'
import { mailedUrl } from './links.ts'
import { openingNoticeEmail } from './opening-notice.email.ts'
import { staffUrlEmail } from './staff-url.email.ts'

interface Whom {
  customerId: string
  userId: string
}

/**
 * Sends a user who awaits registration the 《開通案内》 with a URL that is good for the operator's first_login_days; older ones
 * are void. In the transaction that makes the user, or later once more. To a user outside of the own period it is sent when that
 * begins. Answers what became of it.
 */
export async function sendOpeningNotice(by: Sending, whom: Whom): Promise<'sent' | 'held' | 'not-awaited'> {
  const user = await lockAddressee(by, whom)
  if (user?.state !== 'awaiting-registration') return 'not-awaited'
  if (user.isInPeriod === user.isHeld) await setHeld(by, user)
  if (!user.isInPeriod) return 'held'
  await mailOpeningNotice(by, user)
  return 'sent'
}

/** Notes that the notice waits for the period to begin, or waits no longer. */
export async function setHeld({ tx }: Sending, { customerId, userId, isHeld }: Addressee): Promise<void> {
  await tx
    .updateTable('portal_user')
    .set({ notice_held: !isHeld })
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .execute()
}

/** `lasts`: how long the URL is good for; absent: as long as a first one. */
export async function mailOpeningNotice(by: Sending, user: Addressee, lasts?: number): Promise<void> {
  const operator = await by.tx
    .selectFrom('operator')
    .select(['name_ja', 'name_en', 'first_login_days'])
    .executeTakeFirstOrThrow()
  const { url, expiresAt } = await issueUrl(by, user, {
    purpose: 'registration',
    lasts: lasts ?? operator.first_login_days * days,
  })
  const { customerId, userId, mail: address, mailLanguage: language, timeZone } = user
  const good = { url, expiresAt, timeZone }
  const email =
    customerId === houseId
      ? staffUrlEmail(language, { purpose: 'registration', ...good })
      : openingNoticeEmail(language, {
          ...good,
          operator: language === 'ja' ? operator.name_ja : operator.name_en,
          signInUrl: mailedUrl(by.portalUrl, 'signIn'),
          helpUrl: mailedUrl(by.portalUrl, 'help'),
        })
  await enqueueMail(
    by,
    { customerId, userId, address, language },
    { kind: 'opening-notice', email, goodUntil: expiresAt },
  )
}
