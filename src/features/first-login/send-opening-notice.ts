import { enqueueMail } from '#features/mails/enqueue.ts'
import { days } from '#platform/time/duration.ts'
import { type Addressee, issueUrl, lockAddressee, type Sending } from './inner/issue-url.ts'
import { mailedUrl } from './links.ts'
import { openingNoticeEmail } from './opening-notice.email.ts'

/**
 * Sends a user who awaits registration the 《開通案内》 with a URL that is good for the operator's first_login_days; older ones
 * are void. In the transaction that makes the user, or later once more. Answers whether the user awaited it.
 */
export async function sendOpeningNotice(by: Sending, whom: { customerId: string; userId: string }): Promise<boolean> {
  const user = await lockAddressee(by, whom)
  if (user?.state !== 'awaiting-registration') return false
  await mailOpeningNotice(by, user)
  return true
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
  const email = openingNoticeEmail(language, {
    operator: language === 'ja' ? operator.name_ja : operator.name_en,
    url,
    expiresAt,
    timeZone,
    signInUrl: mailedUrl(by.portalUrl, 'signIn'),
    helpUrl: mailedUrl(by.portalUrl, 'help'),
  })
  await enqueueMail(
    by,
    { customerId, userId, address, language },
    { kind: 'opening-notice', email, goodUntil: expiresAt },
  )
}
