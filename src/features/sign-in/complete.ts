import { recordAccess } from '#features/access-history/record.ts'
import type { AccessEvent, AccessFactor } from '#features/access-history/events.ts'
import { replaceSession } from '#features/sessions/end.ts'
import { startSession } from '#features/sessions/start.ts'
import type { Visitor } from '#platform/context.ts'
import { rememberBrowser } from './inner/browsers.ts'
import { noteNetwork } from './known-network.ts'
import type { KnownUser } from './known-user.ts'

/** Cookies of the browser somebody logs in with; each empty when it has none. */
export interface LoginBrowser {
  /** By which it is known to have logged in before. */
  known: string
  /** Of the session it still has. */
  session: string
  /** By which the second step may be skipped. */
  trusted: string
}

export interface FinishedSignIn {
  sessionToken: string
  /** For the long-lived cookie by which this browser is known again. */
  browserToken: string
  /** For the cookie by which the second step may be skipped from now on. */
  trustToken?: string
}

interface CompleteLogin {
  user: KnownUser
  secondFactor: 'totp' | 'mail-otp'
  browser: Pick<LoginBrowser, 'known' | 'session'>
  /** What the history says of it. */
  line: { event: AccessEvent; secondFactor: AccessFactor }
  /** When the second factor was shown, if that was not now. */
  confirmedAt?: Date
}

/** Starts the session of somebody whose login is complete, in place of the one that the browser had. */
export async function completeSignIn(
  visitor: Visitor,
  { user, secondFactor, browser, line, confirmedAt }: CompleteLogin,
): Promise<FinishedSignIn> {
  const { customerId, userId, name: userName } = user
  if (browser.session) await replaceSession(visitor, browser.session, customerId)
  // In one flight: none of these waits for another.
  const [browserToken, sessionToken] = await Promise.all([
    rememberBrowser(visitor, user, browser.known),
    startSession(visitor, { ...user, secondFactor, ...(confirmedAt && { confirmedAt }) }),
    recordAccess(visitor, { ...line, customerId, userId, userName }),
    noteSignIn(visitor, user),
    noteNetwork(visitor),
  ])
  return { browserToken, sessionToken }
}

async function noteSignIn({ tx, now }: Visitor, { customerId, userId }: KnownUser): Promise<void> {
  await tx
    .updateTable('portal_user')
    .set({ last_sign_in_at: now })
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .execute()
}
