import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import fc from 'fast-check'
import { minutes, seconds } from '#platform/time/duration.ts'
import type { Hasher } from '#platform/security/passwords.ts'
import { testDatabase } from '#test/database.ts'
import { choosePassword, enterIdentity, makeNewcomer, newPassword, phone, sendNotice } from '#test/first-login.ts'
import type { MadeUser } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { movePeriod } from '#test/period.ts'
import { testPortal } from '#test/portal.ts'
import { cookieOf, copyCookies, enterCode, enterPassword, otherThan, totpNow } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

// The first login as a state machine that leads into the portal, in random orders: one newcomer, two browsers, of which one may
// take the other's cookie. Whoever is inside has proved the factor: on the way, at most a quarter of an hour ago and with the
// credentials as they were, or at the second step of a login.

const database = await testDatabase()
const portal = await testPortal(database)
afterAll(() => database[Symbol.asyncDispose]())

// Argon2 is tried elsewhere; thousands of runs need something faster.
const hasher: Hasher = { hash: async (typed) => typed, verify: async (typed, hash) => typed === hash }
portal.program.passwords = { ...hasher, inLine: (_who, work) => work(hasher) }

const orders = runs({ usual: 25, many: 5000 })
const lasts = 15 * minutes

const on = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) })
const usually = fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
const does = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name), on })
const steps = fc.oneof(
  { weight: 6, arbitrary: does('go-on') },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('code' as const), on, right: usually }) },
  { weight: 3, arbitrary: does('keep-codes') },
  { weight: 2, arbitrary: does('log-in') },
  { weight: 1, arbitrary: does('steal') },
  { weight: 1, arbitrary: does('change-credentials') },
  { weight: 1, arbitrary: does('suspend') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('period' as const), on, days: fc.constantFrom(-1, 0, null) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), on, minutes: fc.constantFrom(1, 14, 15, 61) }),
  },
)
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never

interface Newcomer extends MadeUser {
  secondFactor: 'totp' | 'mail-otp'
  url: string
  secret?: string
  /** Registered: when, and by which cookie. */
  registered?: { at: number; cookie: string | undefined }
  /** Whoever has kept the codes. */
  entered: boolean
  /** The credentials or the right to come in have been changed since the registration. */
  isChanged: boolean
}

let entered = 0

const straight: readonly Step[] = Array.from({ length: 4 }, (): Step[] => [
  { do: 'go-on', on: 0 },
  { do: 'code', on: 0, right: true },
  { do: 'keep-codes', on: 0 },
]).flat()

test(`in ${orders} random orders of a first login, nobody comes in who has not proved the factor`, async () => {
  const walks = fc.tuple(
    fc.constantFrom('totp' as const, 'mail-otp' as const),
    fc.array(steps, { minLength: 12, maxLength: 12 }),
  )
  await fc.assert(
    fc.asyncProperty(walks, ([factor, path]) => walk(factor, path)),
    { numRuns: orders },
  )
  // It would hold just as well if nobody ever came in: whoever goes straight does, and of very many orders some.
  if (orders > 1000) assert.ok(entered > orders / 10, `${entered} came in`)
  for (const factor of ['totp', 'mail-otp'] as const) {
    const former = entered
    await walk(factor, straight)
    assert.equal(entered, former + 1, factor)
  }
})

async function walk(secondFactor: 'totp' | 'mail-otp', path: readonly Step[]): Promise<void> {
  const user = await makeNewcomer(database, secondFactor)
  const newcomer: Newcomer = {
    ...user,
    secondFactor,
    url: await sendNotice(database, portal, user),
    entered: false,
    isChanged: false,
  }
  const browsers = [portal.browser(), portal.browser()] as const
  const begun = Array.from({ length: 3 }, (): Step => ({ do: 'go-on', on: 0 }))
  for (const step of [...begun, ...path]) {
    const browser = browsers[step.on] ?? browsers[0]
    portal.advance(1 * seconds)
    const was = await isInside(browser)
    const mayComeIn = await take(step, newcomer, { browser, other: browsers[1 - step.on] ?? browsers[1] })
    const is = await isInside(browser)
    if (!is || was) continue
    assert.ok(mayComeIn, `somebody is inside after 「${step.do}」`)
    entered++
  }
}

interface Acting {
  browser: TestBrowser
  other: TestBrowser
}

/** Answers whether it may let this browser in. */
async function take(step: Step, newcomer: Newcomer, { browser, other }: Acting): Promise<boolean> {
  if (step.do === 'code') return typeCode(newcomer, browser, step.right)
  if (step.do === 'keep-codes') return keepCodes(newcomer, browser)
  await move(step, newcomer, { browser, other })
  return false
}

/** What lets nobody in. */
async function move(step: Step, newcomer: Newcomer, { browser, other }: Acting): Promise<void> {
  if (step.do === 'go-on') await goOn(newcomer, browser)
  if (step.do === 'log-in') await enterPassword(portal, newcomer, { browser, typed: newPassword })
  if (step.do === 'steal') copyCookies(other, browser, ['first-login'])
  if (step.do === 'change-credentials' || step.do === 'suspend') await change(newcomer, step.do)
  if (step.do === 'period') await movePeriod(database, portal, { ...newcomer, on: step.days })
  if (step.do === 'wait') portal.advance(step.minutes * minutes)
}

/** The next step of the way that needs no code. */
async function goOn(newcomer: Newcomer, browser: TestBrowser): Promise<void> {
  const { mail, name } = newcomer
  const { location } = await browser.get('/first-login')
  if (location === '/first-login/identity') await enterIdentity(browser, { mail, name, phone })
  else if (location === '/first-login/password') {
    await choosePassword(browser)
    if (newcomer.secondFactor === 'mail-otp') noteRegistered(newcomer, browser, await browser.get('/first-login'))
  } else if (location === '') await browser.get(newcomer.url)
}

function noteRegistered(newcomer: Newcomer, browser: TestBrowser, { location }: { location: string }): void {
  if (location !== '/first-login/recovery-codes' || newcomer.registered) return
  newcomer.registered = { at: portal.program.now().getTime(), cookie: cookieOf(browser, 'first-login') }
}

/** On the way, or at the second step of a login, whichever this browser is at. */
async function typeCode(newcomer: Newcomer, browser: TestBrowser, right: boolean): Promise<boolean> {
  const page = await browser.get('/first-login/totp')
  const shown = page.status === 200 ? /data-copy="([A-Z2-7]+)"/.exec(page.body)?.[1] : undefined
  if (shown !== undefined) newcomer.secret = shown
  const code = newcomer.secret
    ? totpNow(portal, { secret: newcomer.secret })
    : ((await newestCode(newcomer)) ?? '000000')
  const typed = right ? code : otherThan(code)
  if (shown !== undefined) {
    noteRegistered(newcomer, browser, await browser.post('/first-login/totp', { code: typed }))
    return false
  }
  if ((await browser.get('/login/second-step')).status !== 200) return false
  const { location } = await enterCode(browser, typed)
  return right && newcomer.registered !== undefined && location === '/services'
}

async function newestCode({ mail, registered }: Newcomer): Promise<string | undefined> {
  if (!registered) return undefined
  const mails = await portal.mailsTo(mail)
  return mails.flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? []).at(-1)
}

async function keepCodes(newcomer: Newcomer, browser: TestBrowser): Promise<boolean> {
  const cookie = cookieOf(browser, 'first-login')
  const now = portal.program.now().getTime()
  const page = await browser.get('/first-login/recovery-codes')
  if (page.status !== 200) return false
  await browser.post('/first-login/recovery-codes', { kept: 'on' })
  const { registered, secondFactor, isChanged } = newcomer
  const isFirst = !newcomer.entered
  newcomer.entered = true
  if (!registered || !isFirst || isChanged) return false
  return secondFactor === 'totp' && cookie === registered.cookie && now - registered.at < lasts
}

async function change(newcomer: Newcomer, how: 'change-credentials' | 'suspend'): Promise<void> {
  if (!newcomer.registered) return
  newcomer.isChanged = true
  await database.operator.transaction((tx) =>
    tx
      .updateTable('portal_user')
      .set(how === 'suspend' ? { state: 'suspended' } : { credential_epoch: 9 })
      .where('id', '=', newcomer.id)
      .execute(),
  )
}

async function isInside(browser: TestBrowser): Promise<boolean> {
  return (await browser.get('/profile')).status === 200
}
