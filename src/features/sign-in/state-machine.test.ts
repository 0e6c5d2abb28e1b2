import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import fc from 'fast-check'
import { minutes, seconds } from '#platform/time/duration.ts'
import type { Hasher } from '#platform/security/passwords.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { dayIn, movePeriod } from '#test/period.ts'
import { testPortal } from '#test/portal.ts'
import { copyCookies, enterCode, enterPassword, giveTotpSecret, otherThan, totpNow } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

// The login as a state machine, in random orders: three users, three browsers, whatever a person or an attacker may do.
// Whoever is logged in must have done both steps of one and the same login.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

// Argon2 is tried elsewhere; ten thousand runs need something faster.
const hasher: Hasher = {
  hash: async (typed) => typed,
  verify: async (typed, hash) => hash !== undefined && typed === password,
}
portal.program.passwords = { ...hasher, inLine: (_who, work) => work(hasher) }

const orders = runs({ usual: 30, many: 10_000 })
const secrets = [
  'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
  'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
]

const one = fc.nat({ max: 2 })
const mostly = (weight: number): fc.Arbitrary<boolean> =>
  fc.oneof({ weight, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
const steps = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('password' as const), on: one, user: one, right: mostly(6) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('code' as const), on: one, user: one, right: mostly(4) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('own-code' as const), on: one }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('near-code' as const), on: one, away: fc.integer({ min: -11, max: 11 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('told-code' as const), on: one }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const), on: one }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('go-back' as const), on: one }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sign-out' as const), on: one }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('steal-login' as const), on: one, from: one }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('period' as const),
      on: one,
      user: one,
      days: fc.constantFrom(-1, 0, null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), on: one, minutes: fc.constantFrom(1, 2, 11, 31) }),
  },
)
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never

interface Login {
  user: Person
}
interface Person extends MadeUser {
  secret: string
  isMailed: boolean
  /** For which login each code was mailed. */
  mailed: Map<string, Login>
  mails: number
  /** Codes that a login was told about. */
  told: Set<string>
  /** The one day on which the user may use the portal; null: always. */
  period: string | null
}
interface Place {
  browser: TestBrowser
  /** The login whose first step was done here, or was brought here. */
  login?: Login | undefined
  signedIn?: Person | undefined
}

let signIns = 0

test(`in ${orders} random orders of steps, nobody is logged in who has not done both steps of one login`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: 14, maxLength: 14 }), walk), { numRuns: orders })
  // It would hold just as well if nobody could ever log in.
  assert.ok(signIns > orders / 4, `${signIns} logins succeeded`)
})

async function walk(path: readonly Step[]): Promise<void> {
  const people = await Promise.all(['甲一', '乙二', '丙三'].map(makePerson))
  const places = people.map((): Place => ({ browser: portal.browser() }))
  for (const step of path) {
    const place = at(places, step.on)
    await take(step, place, { people, places })
    await checkWho(place)
  }
  for (const place of places) await checkWho(place)
}

async function makePerson(name: string, index: number): Promise<Person> {
  const secret = at(secrets, index)
  const isMailed = index < 2
  const user = await make.user({ name, secondFactor: isMailed ? 'mail-otp' : 'totp' })
  await giveTotpSecret(database, user, secret)
  return { ...user, secret, isMailed, mailed: new Map(), mails: 0, told: new Set(), period: null }
}

async function take(step: Step, place: Place, all: { people: Person[]; places: Place[] }): Promise<void> {
  const { browser } = place
  switch (step.do) {
    case 'password':
      return typePassword(place, at(all.people, step.user), step.right)
    case 'code':
      return typeCode(place, at(all.people, step.user), step.right)
    case 'own-code':
      return typeCode(place, place.login?.user ?? at(all.people, 0), true)
    case 'near-code':
      return typeNearCode(place, at(all.people, 2), step.away)
    case 'told-code':
      return typeTold(place, at(all.people, 2))
    case 'resend':
      await browser.post('/login/second-step/resend', {}, { from: '/login/second-step' })
      return noteMails(place.login)
    case 'go-back':
      await browser.get('/login')
      return undefined
    case 'sign-out':
      await browser.post('/logout', {}, { from: '/services' })
      place.signedIn = undefined
      return undefined
    case 'steal-login': {
      const victim = at(all.places, step.from)
      if (!victim.login) return undefined
      copyCookies(victim.browser, browser, ['sign-in'])
      place.login = victim.login
      return undefined
    }
    case 'period':
      return changePeriod(at(all.people, step.user), step.days, all.places)
    case 'wait':
      return portal.advance(step.minutes * minutes)
  }
}

async function typePassword(place: Place, user: Person, right: boolean): Promise<void> {
  const typed = right ? password : 'a wrong password'
  const { answer } = await enterPassword(portal, user, { browser: place.browser, typed })
  if (answer.status !== 303) return
  assert(mayUse(user), 'a password was accepted outside of the period')
  assert.ok(right, 'a wrong password was accepted')
  place.login = { user }
  await noteMails(place.login)
}

async function typeCode(place: Place, user: Person, right: boolean): Promise<void> {
  portal.advance(1 * seconds)
  const shown = user.isMailed ? [...user.mailed.keys()].at(-1) : totpNow(portal, { secret: user.secret })
  const code = right ? (shown ?? '000000') : otherThan(shown ?? '000000')
  const former = sessionOf(place)
  const { location } = await enterCode(place.browser, code)
  // Whoever is signed in already is led on, too: a code was accepted where a session begins.
  if (location !== '/services' || sessionOf(place) === former) return
  const { login } = place
  assert(login && mayUse(login.user), 'a login was completed outside of the period')
  assert.ok(login && right, 'a code was accepted without a first step, or although it was wrong')
  assert.equal(login.user, user, "somebody else's code was accepted")
  if (user.isMailed) assert.equal(user.mailed.get(code), login, "another login's code was accepted")
  place.login = undefined
  place.signedIn = user
  signIns++
}

/** Of an app whose clock is off: a code that is refused is told about, and never good afterwards. */
async function typeNearCode(place: Place, user: Person, away: number): Promise<void> {
  portal.advance(1 * seconds)
  const code = totpNow(portal, { secret: user.secret, steps: away })
  await typeRefusable(place, user, { code, isNow: Math.abs(away) <= 1 })
}

async function typeTold(place: Place, user: Person): Promise<void> {
  const code = [...user.told].at(-1)
  if (code !== undefined) await typeRefusable(place, user, { code, isNow: true })
}

async function typeRefusable(
  place: Place,
  user: Person,
  { code, isNow }: { code: string; isNow: boolean },
): Promise<void> {
  const former = sessionOf(place)
  const answer = await enterCode(place.browser, code)
  if (answer.location === '/services' && sessionOf(place) !== former) {
    assert.ok(isNow && place.login?.user === user, 'a code of another time, or of another login, was accepted')
    assert.ok(!user.told.has(code), 'a code was accepted that had been told about')
    place.login = undefined
    place.signedIn = user
    signIns++
  } else if (/いまの時刻のものではありません|すでに使用されています/.test(answer.body)) {
    assert.equal(place.login?.user, user, "somebody else's code was told about")
    user.told.add(code)
  }
}

async function changePeriod(user: Person, on: number | null, places: readonly Place[]): Promise<void> {
  const couldUse = mayUse(user)
  user.period = await movePeriod(database, portal, { ...user, on })
  // Whoever was shut out has to log in anew, whatever comes after.
  if (!couldUse || !mayUse(user)) for (const place of places) if (place.signedIn === user) place.signedIn = undefined
}

const mayUse = ({ period }: Person): boolean => period === null || period === dayIn(portal, 0)

function sessionOf({ browser }: Place): string | undefined {
  return [...browser.cookies].find(([name]) => /session/.test(name))?.[1]
}

async function noteMails(login: Login | undefined): Promise<void> {
  if (!login?.user.isMailed) return
  const { user } = login
  const mails = await portal.mailsTo(user.mail)
  for (const { text } of mails.slice(user.mails)) {
    const code = /\b(\d{6})\b/.exec(text)?.[1]
    if (code) user.mailed.set(code, login)
  }
  user.mails = mails.length
}

/** Who is logged in must be who did both steps here; a session may end earlier by itself. */
async function checkWho({ browser, signedIn }: Place): Promise<void> {
  const { status, body } = await browser.get('/profile')
  if (status !== 200) return
  assert.ok(signedIn, 'somebody is logged in without both steps')
  assert(mayUse(signedIn), 'somebody is logged in outside of the period')
  // An address may break where it is long.
  assert.ok(body.replaceAll(/<wbr ?\/?>/g, '').includes(signedIn.mail), 'somebody else is logged in')
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  assert.ok(found !== undefined)
  return found
}
