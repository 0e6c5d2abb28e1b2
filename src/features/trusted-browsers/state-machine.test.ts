import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { sql } from 'kysely'
import fc from 'fast-check'
import { enterFence } from '#features/sessions/fence.ts'
import { confirmMail } from '#features/users/confirm-mail.ts'
import type { Visitor } from '#platform/context.ts'
import type { Transaction } from '#platform/database/database.ts'
import { days, hours, minutes } from '#platform/time/duration.ts'
import type { Hasher } from '#platform/security/passwords.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { portalAsked, testPortal } from '#test/portal.ts'
import { asksForFactor, enterPassword, historyOf } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields, type TestBrowser } from '#test/test-browser.ts'

// Whether the second step may be skipped, in random orders of logins, switches, locks, resets, new addresses, time-outs and clocks:
// against a model, which is as short as the rules are.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const hasher: Hasher = {
  hash: async (typed) => typed,
  verify: async (typed, hash) => hash !== undefined && typed === password,
}
portal.program.passwords = { ...hasher, inLine: (_who, work) => work(hasher) }

const orders = runs({ usual: 25, many: 3_000 })

const on = fc.nat({ max: 1 })
const steps = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('log-in' as const), on, ticks: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('switch' as const), isOn: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('switch-user' as const), to: fc.constantFrom(true, false, null) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend-and-resume' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('new-address' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('idle-time' as const), minutes: fc.constantFrom(15, 60, 720) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      by: fc.constantFrom(5 * minutes, 16 * minutes, 61 * minutes, 7 * hours, 6 * days, 11 * days, 40 * days),
    }),
  },
)
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never

interface Place {
  browser: TestBrowser
  trust?: { confirmedAt: number; usedAt: number } | undefined
  /** When the session here was used last. */
  seenAt?: number | undefined
}
interface World {
  administrator: MadeUser
  user: MadeUser
  places: Place[]
  isOn: boolean
  own: boolean | null
  idleMinutes: number
  lockedUntil: number
}

let skipped = 0

test(`in ${orders} random orders, the second step is skipped exactly where the rules of the moment say so`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: 14, maxLength: 14 }), walk), { numRuns: orders })
  // It would hold just as well if nothing was ever skipped.
  assert.ok(skipped > orders / 10, `${skipped} logins skipped it`)
})

const clock = (): number => portal.program.now().getTime()

async function walk(path: readonly Step[]): Promise<void> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const user = await make.user({ customerId: administrator.customerId })
  const world: World = {
    administrator,
    user,
    places: [{ browser: portal.browser() }, { browser: portal.browser() }],
    isOn: false,
    own: null,
    idleMinutes: 60,
    lockedUntil: 0,
  }
  // Most of what there is to see needs the switch.
  for (const step of [{ do: 'switch' as const, isOn: true }, ...path]) {
    await take(step, world)
    for (const place of world.places) await checkSession(place, world)
  }
}

async function take(step: Step, world: World): Promise<void> {
  switch (step.do) {
    case 'log-in':
      return logIn(world, world.places[step.on] ?? assert.fail(), step.ticks)
    case 'switch':
      await asAdministrator(world, '/second-step-skip', { isOn: step.isOn ? 'allowed' : 'not-allowed' })
      world.isOn = step.isOn
      if (!step.isOn) forgetTrust(world)
      return undefined
    case 'switch-user':
      await asAdministrator(world, '/second-step-skip/users', {
        user: world.user.id,
        task: step.to === null ? 'as-all' : step.to ? 'allowed' : 'not-allowed',
      })
      world.own = step.to
      if (step.to === false) forgetTrust(world)
      return undefined
    case 'lock':
      return lock(world)
    case 'suspend-and-resume':
      for (const what of ['suspend', 'resume']) await asAdministrator(world, `/users/${world.user.id}/${what}`, {})
      forgetTrust(world)
      for (const place of world.places) place.seenAt = undefined
      return undefined
    case 'new-address':
      return giveAddress(world)
    case 'idle-time':
      await asAdministrator(world, '/session-timeout', { minutes: String(step.minutes), mayShorten: 'may' })
      // What was over by the former time stays so.
      for (const place of world.places)
        if (place.seenAt !== undefined && clock() - place.seenAt >= world.idleMinutes * minutes)
          place.seenAt = undefined
      world.idleMinutes = step.minutes
      return undefined
    case 'wait':
      return portal.advance(step.by)
  }
}

/** The rule, once more. */
function isTrusted({ trust }: Place, { isOn, own }: World): boolean {
  const now = clock()
  return (
    isOn &&
    own !== false &&
    trust !== undefined &&
    now - trust.usedAt < 10 * days &&
    now - trust.confirmedAt < 90 * days
  )
}

async function logIn(world: World, place: Place, ticks: boolean): Promise<void> {
  const { user } = world
  const { answer } = await enterPassword(portal, user, { browser: place.browser })
  const expected = isTrusted(place, world)
  if (answer.status === 422) return assert.ok(clock() < world.lockedUntil, 'a right password was refused')
  assert.equal(answer.location, expected ? '/services' : '/login/second-step')
  if (!expected) return showFactor(world, place, ticks)
  skipped++
  assert(place.trust)
  place.trust.usedAt = clock()
  place.seenAt = clock()
  assert.equal((await historyOf(database, user)).at(-1), 'second-step-skipped')
  // What is critical asks for the factor that nobody has shown.
  const form = await place.browser.get('/profile/recovery-codes')
  const sent = await place.browser.send('/profile/recovery-codes', hiddenFields(form.body, '/profile/recovery-codes'))
  assert(asksForFactor(sent), 'a critical change was made without the second factor')
}

async function showFactor(world: World, place: Place, ticks: boolean): Promise<void> {
  const mayTrust = world.isOn && world.own !== false
  const page = await place.browser.get('/login/second-step')
  assert.equal(page.body.includes('name="trust"'), mayTrust)
  // More codes than an hour has are asked for by nobody here but the walk.
  if (!page.body.includes('name="code"') || page.body.includes('送信していません')) return
  const code = await portal.newestCode(world.user.mail)
  // Ticked even where the page has no box.
  const fields = { ...hiddenFields(page.body, '/login/second-step'), code, ...(ticks && { trust: 'on' }) }
  const { location } = await place.browser.send('/login/second-step', fields)
  if (location !== '/services') return
  place.seenAt = clock()
  if (ticks && mayTrust) place.trust = { confirmedAt: clock(), usedAt: clock() }
}

async function lock(world: World): Promise<void> {
  const stranger = portal.browser()
  for (let i = 0; i < 5; i++)
    await enterPassword(portal, world.user, { browser: stranger, typed: `wrong password ${i}` })
  if (clock() < world.lockedUntil) return
  world.lockedUntil = clock() + 30 * minutes
  forgetTrust(world)
}

async function giveAddress(world: World): Promise<void> {
  const { customerId, id: userId } = world.user
  const newMail = `user-${crypto.randomUUID()}@example.com`
  await admin.query(
    `insert into mail_change (customer_id, user_id, new_mail, token_hash, credential_epoch, requested_by, created_at, expires_at)
      values ($1, $2, $3::text, sha256(convert_to($3::text, 'UTF8')), 1, $4, $5, $5::timestamptz + interval '1 day')`,
    [customerId, userId, newMail, world.administrator.id, portal.program.now()],
  )
  await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    const { mail, name } = world.user
    const change = { customerId, userId, name, mail, newMail, mailLanguage: 'ja' as const, timeZone: 'Asia/Tokyo' }
    const changed = await confirmMail(visitorIn(tx), { ...change, isRegistered: true, isRefused: false })
    assert(changed.ok)
  })
  world.user = { ...world.user, mail: newMail }
  // Failures are counted by the address.
  world.lockedUntil = 0
  forgetTrust(world)
}

/** Whoever opens the URL of a mail. */
function visitorIn(tx: Transaction): Visitor {
  const { secrets, config, log, now } = portal.program
  const client = { ip: '192.0.2.1', network: '192.0.2.1', browser: '' }
  const { portalUrl, settingsUrl } = config
  return { tx, now: now(), client, site: portalAsked, language: 'ja', secrets, portalUrl, settingsUrl, log }
}

function forgetTrust(world: World): void {
  for (const place of world.places) place.trust = undefined
}

/** In a login of its own, so that no clock is in the way. */
async function asAdministrator(world: World, path: string, values: Record<string, string>): Promise<Answer> {
  await database.operator.transaction((tx) => sql`delete from code_budget`.execute(tx))
  portal.advance(1 * minutes)
  const browser = await signIn(portal, world.administrator)
  const answer = await browser.post(path, values)
  assert.equal(answer.status, 303, `${path}: ${answer.body.slice(0, 200)}`)
  return answer
}

/** Who is in has logged in here, and has not done nothing for longer than the rule of the moment allows. */
async function checkSession(place: Place, { idleMinutes }: World): Promise<void> {
  const { status } = await place.browser.get('/session')
  if (status !== 200) return
  assert(place.seenAt !== undefined, 'somebody is in who is not logged in')
  assert(clock() - place.seenAt < idleMinutes * minutes, 'a session was idle for too long')
  await place.browser.get('/profile')
  place.seenAt = clock()
}
