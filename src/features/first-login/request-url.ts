import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { knownFor, networkHash } from '#features/sign-in/known-network.ts'
import { refuseWish } from '#features/address-limits/refuse.ts'
import { houseId } from '#features/house.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import { isLeft, withOneMore } from '#platform/security/budget.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { type Addressee, issueUrl, lockAddressee, type Sending } from './inner/issue-url.ts'
import { mailedUrl } from './links.ts'
import { passwordUrlEmail } from './password-url.email.ts'
import { staffUrlEmail } from './staff-url.email.ts'
import { mailOpeningNotice } from './send-opening-notice.ts'

/** How long a re-issued URL is good for. */
export const reissuedLasts = 24 * hours
/** URLs that one user is sent within any hour. */
export const mostPerUser = 3
/** URLs that one user is sent within any day: each of them allows as many tries at the identity again. */
export const mostPerUserADay = 10
/** Wishes of one network within any hour, for whatever users; and of one from which somebody has logged in lately. */
export const mostPerNetwork = 30
export const mostPerKnownNetwork = 300

/**
 * Takes a visitor's wish for a new URL. Nothing is looked up, so that answer and time are the same whether or not a user has
 * the address, and whether or not the network has wishes left: the worker sees to the rest, or drops it.
 */
export async function requestUrl(visitor: Visitor, loginId: string): Promise<void> {
  const hasLeft = await takeFromBudget(visitor)
  const { tx, now, secrets, client } = visitor
  const id = randomUUID()
  await tx
    .insertInto('first_login_request')
    .values({ id, login: secrets.seal(wishPurpose(id), loginId), created_at: now, is_dropped: !hasLeft, ip: client.ip })
    .execute()
  await sql`select enqueue_first_login_request(${id})`.execute(tx)
}

/** Sends what the state of the user calls for, or nothing. With the operator's role. */
export async function answerRequest(by: Sending, requestId: string): Promise<void> {
  const request = await by.tx
    .deleteFrom('first_login_request')
    .where('id', '=', requestId)
    .returning(['login', 'is_dropped', 'ip', 'for_staff'])
    .executeTakeFirst()
  // It has been answered: a job may come twice.
  if (!request || request.is_dropped) return
  const user = await lockAddressee(by, { loginId: openLogin(by.secrets, requestId, request.login) })
  // Wished for at the login of others: nobody learns there that the address is one of ours.
  if (user && (user.customerId === houseId) !== request.for_staff) return
  if (!user || !user.isInPeriod || (await refuseWish(by, user, request.ip)) || !(await hasUrlsLeft(by, user))) return
  if (user.state === 'awaiting-registration') await mailOpeningNotice(by, user, reissuedLasts)
  if (user.state === 'active') await mailPasswordUrl(by, user)
}

async function takeFromBudget(visitor: Visitor): Promise<boolean> {
  const { tx, now } = visitor
  const asked = sql<Date[]>`reissue_budget.asked`
  const wishes = { most: mostPerNetwork, within: 1 * hours }
  const known = { ...wishes, most: mostPerKnownNetwork }
  const isKnown = sql<boolean>`reissue_budget.logged_in_at > ${after(now, -knownFor)}`
  const taken = await tx
    .insertInto('reissue_budget')
    .values({ network_hash: networkHash(visitor), asked: sql`array[${now}::timestamptz]` })
    .onConflict((clash) =>
      clash
        .column('network_hash')
        // As many are kept as may count for either.
        .doUpdateSet({ asked: withOneMore(asked, known, now) })
        .where(sql<boolean>`(${isLeft(asked, wishes, now)} or ${isKnown} and ${isLeft(asked, known, now)})`),
    )
    .returning('network_hash')
    .executeTakeFirst()
  return taken !== undefined
}

async function hasUrlsLeft({ tx, now }: Sending, { customerId, userId }: Addressee): Promise<boolean> {
  const { anHour, aDay } = await tx
    .selectFrom('first_login')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('created_at', '>', after(now, -24 * hours))
    .select(({ fn }) => [
      fn
        .countAll<number>()
        .filterWhere('created_at', '>', after(now, -1 * hours))
        .as('anHour'),
      fn.countAll<number>().as('aDay'),
    ])
    .executeTakeFirstOrThrow()
  return anHour < mostPerUser && aDay < mostPerUserADay
}

async function mailPasswordUrl(by: Sending, user: Addressee): Promise<void> {
  const { url, expiresAt } = await issueUrl(by, user, { purpose: 'password-reset', lasts: reissuedLasts })
  const { customerId, userId, mail: address, mailLanguage: language, timeZone } = user
  const email =
    customerId === houseId
      ? staffUrlEmail(language, { purpose: 'password-reset', url, expiresAt, timeZone })
      : passwordUrlEmail(language, { url, expiresAt, timeZone, helpUrl: mailedUrl(by.portalUrl, 'help') })
  const mail = { kind: 'password-url', email, goodUntil: expiresAt }
  await enqueueMail(by, { customerId, userId, address, language }, mail)
}

function openLogin(secrets: Secrets, requestId: string, sealed: Buffer): string {
  return secrets.open(wishPurpose(requestId), sealed)
}

/** What a wish is sealed for. */
export const wishPurpose = (requestId: string): string => `first-login-request ${requestId}`
