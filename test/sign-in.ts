import { Secret, TOTP } from 'otpauth'
import { recoveryCodeHash } from '#features/recovery-codes/code.ts'
import type { Context } from '#features/actor.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { openSession } from '#features/sessions/open.ts'
import { type Confirmed, confirmedOf } from '#platform/context.ts'
import { seconds } from '#platform/time/duration.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { TestDatabase } from './database.ts'
import { type MadeUser, password, totpSecret } from './make.ts'
import { portalAsked, testSecrets, type TestPortal } from './portal.ts'
import { type Answer, hiddenFields, type TestBrowser } from './test-browser.ts'

/** The single steps of a login, and what the database knows of them. */

type CookieName =
  | 'session'
  | 'sign-in'
  | 'first-login'
  | 'visit'
  | 'browser'
  | 'trusted'
  | 'return'
  | 'language'
  | 'left'

export const cookieName = (name: CookieName): string => `__Host-portal-${name}`

export function cookieOf(browser: TestBrowser, name: CookieName): string | undefined {
  return browser.cookies.get(cookieName(name))
}

/** Another browser with the same cookies. */
export function copyCookies(from: TestBrowser, to: TestBrowser, names?: readonly CookieName[]): TestBrowser {
  const wanted = names?.map(cookieName)
  for (const [name, value] of from.cookies) if (!wanted || wanted.includes(name)) to.cookies.set(name, value)
  return to
}

/** Types user ID and password. A second later than what was before, so that mails have an order. */
export async function enterPassword(
  portal: TestPortal,
  { mail }: Pick<MadeUser, 'mail'>,
  { browser = portal.browser(), typed = password }: { browser?: TestBrowser; typed?: string } = {},
): Promise<{ browser: TestBrowser; answer: Answer }> {
  portal.advance(1 * seconds)
  return { browser, answer: await browser.post('/login', { username: mail, password: typed }) }
}

export async function enterCode(browser: TestBrowser, code: string): Promise<Answer> {
  return browser.post('/login/second-step', { code })
}

/** What the page says where an answer leads. */
export async function wordsAfter(browser: TestBrowser, { location }: Answer): Promise<string> {
  return (await browser.get(location)).body
}

/** Whether an answer leads to where the second factor is shown once more. */
export function asksForFactor({ status, location }: Answer): boolean {
  return status === 303 && /^\/confirm\/[\da-f-]{36}$/.test(location)
}

/** Six digits that are not these. */
export function otherThan(code: string): string {
  return String((Number(code) + 500_000) % 1_000_000).padStart(6, '0')
}

/** What an authenticator app shows at the portal's present moment, or some steps of 30 s away from it. */
export function totpNow(portal: TestPortal, { secret = totpSecret, steps = 0 } = {}): string {
  const timestamp = portal.program.now().getTime() + steps * 30 * seconds
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}

/** The hidden fields of the form that posts to `path`, as they stand on the page at `from`. */
export async function formOf(browser: TestBrowser, path: string, from = path): Promise<Record<string, string>> {
  return hiddenFields((await browser.get(from)).body, path)
}

/** Whether this browser is fully logged in. */
export async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.get('/services')).status === 200
}

export async function giveTotpSecret(database: TestDatabase, user: MadeUser, secret: string): Promise<void> {
  await database.operator.transaction((tx) =>
    tx
      .updateTable('user_credential')
      .set({ totp_secret: testSecrets.seal(`totp ${user.id}`, secret) })
      .where('user_id', '=', user.id)
      .execute(),
  )
}

export async function giveRecoveryCode(database: TestDatabase, user: MadeUser, code: string): Promise<void> {
  await database.app.transaction(async (tx) => {
    await enterFence(tx, user.customerId)
    const codeHash = recoveryCodeHash(user.id, code)
    await tx
      .insertInto('recovery_code')
      .values({ customer_id: user.customerId, user_id: user.id, code_hash: codeHash })
      .execute()
  })
}

/** The user's lines of the access history, the oldest first: 「failed wrong-code」. */
export async function historyOf({ operator }: TestDatabase, { id }: Pick<MadeUser, 'id'>): Promise<string[]> {
  const rows = await operator.transaction((tx) =>
    tx.selectFrom('access_history').where('user_id', '=', id).select(['event', 'reason']).orderBy('id').execute(),
  )
  return rows.map(({ event, reason }) => (reason ? `${event} ${reason}` : event))
}

export async function countSessions({ operator }: TestDatabase, { id }: Pick<MadeUser, 'id'>): Promise<number> {
  const rows = await operator.transaction((tx) =>
    tx.selectFrom('session').where('user_id', '=', id).select('id').execute(),
  )
  return rows.length
}

/** The id in the database of the session that a browser has. */
export async function sessionIdOf({ operator }: TestDatabase, browser: TestBrowser): Promise<string> {
  const { id } = await operator.transaction((tx) =>
    tx
      .selectFrom('session')
      .where('token_hash', '=', hashOf(cookieOf(browser, 'session') ?? ''))
      .select('id')
      .executeTakeFirstOrThrow(),
  )
  return id
}

/** Does what is critical for whoever has signed in with this browser just now. */
export async function asConfirmed<T>(
  portal: TestPortal,
  browser: TestBrowser,
  work: (ctx: Confirmed<Context>) => Promise<T>,
): Promise<T> {
  return asSignedIn(portal, browser, (ctx) => {
    const confirmed = confirmedOf(ctx)
    if (!confirmed) throw new Error('The second factor was shown too long ago')
    return work(confirmed)
  })
}

/** Does what a feature does for whoever is signed in with this browser. */
export async function asSignedIn<T>(
  { program }: TestPortal,
  browser: TestBrowser,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const { database, secrets, log, now, config } = program
  return database.transaction(async (tx) => {
    const client = { ip: '192.0.2.1', network: '192.0.2.1', browser: '' }
    const visitor = {
      tx,
      now: now(),
      client,
      language: 'ja' as const,
      secrets,
      portalUrl: config.portalUrl,
      settingsUrl: config.settingsUrl,
      site: portalAsked,
      log,
    }
    const opened = await openSession(visitor, cookieOf(browser, 'session') ?? '', false)
    if (opened.state !== 'open') throw new Error(`The session is ${opened.state}`)
    return work({ ...visitor, actor: opened.actor })
  })
}
