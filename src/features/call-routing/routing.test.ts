import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '#test/database.ts'
import { type TestCalendar, type TestGoal, type TestSettings, writeSettings } from '#test/line-settings.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Imagined, walkSettings } from '#test/walk-settings.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const keys = { customerId: crypto.randomUUID(), contractId: crypto.randomUUID() }

interface Step {
  do: string
  to: string[]
  sec: number
  busy: number
  noans: number
  unreg: number
}

interface Plan {
  kind: string
  open: boolean | null
  cut: boolean
  entry: number
  code: number | null
  steps: Step[]
}

interface Asked extends Imagined {
  called: string
  at?: string
}

/** Asks the switchboard about settings that are gone afterwards. */
async function ask<T extends readonly Asked[]>(
  settings: TestSettings,
  calls: T,
): Promise<{ plan: Plan; rings: unknown[] }[]> {
  const client = await admin.connect()
  try {
    await client.query('begin')
    await writeSettings(client, keys, settings)
    for (const day of settings.holidays ?? [])
      await client.query(`insert into pbx.national_holiday values ($1, '祝日', 'Holiday') on conflict do nothing`, [
        day,
      ])
    const answers = []
    for (const { called, at = '2026-11-30T01:00:00Z', busy, unreachable, lastRung } of calls) {
      const { rows } = await client.query<{ plan: Plan; rings: unknown[] }>(
        `select p.plan, coalesce((select json_agg(json_build_object('step', step, 'number', number, 'from', from_second, 'to', to_second, 'state', state))
            from pbx.who_rings(p.plan, $5, $6)), '[]') as rings
         from (select pbx.route_call($1, $2, $3, $4, $7) as plan) p`,
        [keys.customerId, keys.contractId, called, at, unreachable, busy, lastRung],
      )
      answers.push(...rows)
    }
    return answers
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const nothingSpecial: Imagined = { busy: [], unreachable: [], lastRung: {} }

const extensionNumbers = ['1001', '1002', '1003', '1004', '1005', '1006']
const groupNumbers = ['6000', '6001', '6002', '6003']
const anExtension = fc.constantFrom(...extensionNumbers)
const aGroup = fc.constantFrom(...groupNumbers)

const goal: fc.Arbitrary<TestGoal> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ inside: fc.oneof(anExtension, aGroup) }) },
  { weight: 1, arbitrary: fc.constant({ outside: '0300001234' }) },
  { weight: 1, arbitrary: fc.record({ voicemail: anExtension }) },
)

const settings: fc.Arbitrary<TestSettings> = fc.record({
  extensions: fc.tuple(
    ...extensionNumbers.map((number) =>
      fc.record({
        number: fc.constant(number),
        seconds: fc.integer({ min: 5, max: 120 }),
        isEnabled: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
      }),
    ),
  ),
  groups: fc.tuple(
    ...groupNumbers.map((number) =>
      fc.record({
        number: fc.constant(number),
        kind: fc.constantFrom('simultaneous' as const, 'sequential' as const, 'even' as const),
        seconds: fc.integer({ min: 5, max: 120 }),
        members: fc
          .uniqueArray(anExtension)
          .chain((all) =>
            fc.tuple(
              ...all.map((extension) => fc.record({ extension: fc.constant(extension), isPaused: fc.boolean() })),
            ),
          ),
        then: fc.option(
          goal.filter(({ inside }) => inside !== number),
          { nil: undefined },
        ),
      }),
    ),
  ),
  forwards: fc.uniqueArray(
    fc
      .record({
        extension: anExtension,
        condition: fc.constantFrom('always' as const, 'busy' as const, 'no-answer' as const, 'unreachable' as const),
        to: goal,
      })
      .map((each) => (each.to.voicemail === undefined ? each : { ...each, to: { voicemail: each.extension } }))
      .filter(({ extension, to }) => to.inside !== extension),
    { maxLength: 6, selector: ({ extension, condition }) => `${extension} ${condition}` },
  ),
  numbers: goal.map((closed) => [
    { number: '0300000001', target: '6000' },
    { number: '0300000002', target: '1001', calendar: 0, closed },
    { number: '0300000003' },
  ]),
  // Closed at every moment.
  calendars: fc.constant([{}]),
})

const imagined: fc.Arbitrary<Imagined> = fc.record({
  busy: fc.uniqueArray(anExtension, { maxLength: 3 }),
  unreachable: fc.uniqueArray(anExtension, { maxLength: 3 }),
  lastRung: fc.dictionary(aGroup, anExtension, { maxKeys: 2 }),
})

test('who rings is who a person would find by walking through the settings', async () => {
  await fc.assert(
    fc.asyncProperty(settings, imagined, async (set, call) => {
      const numbers = set.numbers ?? []
      const goals: [called: string, goal: TestGoal | undefined][] = [
        ['0300000001', { inside: '6000' }],
        ['0300000002', numbers[1]?.closed],
        ['0300000003', undefined],
        ...[...extensionNumbers, ...groupNumbers].map((inside): [string, TestGoal] => [inside, { inside }]),
      ]
      const answers = await ask(
        set,
        goals.map(([called]) => ({ called, ...call })),
      )
      for (const [at, [called, to]] of goals.entries()) {
        const { plan, rings } = answers[at] ?? assert.fail()
        expectSound(plan)
        // A plan that has no room left may have lost ways that a person walks.
        if (plan.steps.length === 64) continue
        const walked = walkSettings(set, to, call)
        assert.deepEqual(rings, walked.rings, called)
        assert.equal(plan.cut, walked.isCut, called)
        assert.equal(plan.code, plan.entry < 0 ? 480 : null)
        const paused =
          set.groups?.find(({ number }) => number === called)?.members.filter(({ isPaused }) => isPaused) ?? []
        const ofGroup = plan.steps.filter((_, place) => place <= plan.entry).flatMap((step) => step.to)
        for (const { extension } of paused) assert(!ofGroup.includes(extension) || called !== extension)
      }
    }),
    { numRuns: runs({ usual: 150, many: 10_000 }) },
  )
})

/** Every jump leads on within the plan, so that a walk ends. */
function expectSound({ steps, entry, cut }: Plan): void {
  assert(steps.length <= 64)
  assert(entry < steps.length)
  for (const [at, { busy, noans, unreg }] of steps.entries())
    for (const jump of [busy, noans, unreg]) assert(jump === -1 || (jump > at && jump < steps.length))
  assert.equal(typeof cut, 'boolean')
}

const many = Array.from({ length: 32 }, (_, at) => String(2001 + at))

test('a plan that has no room for all members says so', async () => {
  const crowded: TestSettings = {
    extensions: many.map((number) => ({ number })),
    groups: [6000, 6001, 6002].map((number, at) => ({
      number: String(number),
      kind: 'sequential',
      members: many.map((extension) => ({ extension })),
      ...(at < 2 && { then: { inside: String(number + 1) } }),
    })),
  }
  const [three, two, one] = await ask(
    crowded,
    ['6000', '6001', '6002'].map((called) => ({ called, ...nothingSpecial })),
  )
  assert.deepEqual([three?.plan.steps.length, three?.plan.cut, three?.rings.length], [64, true, 64])
  assert.deepEqual([two?.plan.steps.length, two?.plan.cut, two?.rings.length], [64, false, 64])
  assert.deepEqual([one?.plan.steps.length, one?.plan.cut], [32, false])
})

test('a number that has ended, is unknown or leads nowhere rings nowhere', async () => {
  const set: TestSettings = {
    extensions: [{ number: '1001' }],
    numbers: [{ number: '0300000001', target: '1001', endedOn: '2026-12-31' }, { number: '0300000002' }],
  }
  const at = (moment: string): Asked => ({ called: '0300000001', at: moment, ...nothingSpecial })
  const answers = await ask(set, [
    // The last moment of the day before, and the first of the day, in Japan.
    at('2026-12-30T14:59:59Z'),
    at('2026-12-30T15:00:00Z'),
    { called: '0300000002', ...nothingSpecial },
    { called: '0399999999', ...nothingSpecial },
    { called: '1002', ...nothingSpecial },
  ])
  assert.deepEqual(
    answers.map(({ plan }) => plan.code),
    [null, 404, 480, 404, 404],
  )
})

const day = fc.constantFrom('2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01', '2028-03-26', '2028-10-29')
const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 2160 }))
  .filter(([opens, closes]) => opens < closes)
const calendar: fc.Arbitrary<TestCalendar> = fc.record({
  closesOnHolidays: fc.boolean(),
  override: fc.option(fc.record({ isOpen: fc.boolean(), until: day.map((each) => `${each}T12:00:00Z`) }), {
    nil: undefined,
  }),
  slots: fc.uniqueArray(
    fc
      .record({ weekday: fc.integer({ min: 1, max: 7 }), span })
      .map((each) => ({ weekday: each.weekday, opens: each.span[0], closes: each.span[1] })),
    { selector: ({ weekday, opens }) => `${weekday} ${opens}`, maxLength: 10 },
  ),
  days: fc.uniqueArray(
    fc
      .record({ day, span: fc.option(span) })
      .map((each) => ({ day: each.day, opens: each.span?.[0] ?? null, closes: each.span?.[1] ?? null })),
    { selector: (each) => each.day, maxLength: 3 },
  ),
})
const moment = fc
  .tuple(day, fc.integer({ min: -24 * 60, max: 48 * 60 }))
  .map(([on, minutes]) => new Date(Date.parse(`${on}T00:00:00Z`) + minutes * 60_000).toISOString())

test('hours are those of the zone, and a night belongs to the day on which it begins', async () => {
  await fc.assert(
    fc.asyncProperty(
      calendar,
      fc.array(moment, { minLength: 8, maxLength: 8 }),
      fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/St_Johns'),
      fc.uniqueArray(day, { maxLength: 2 }),
      async (hours, moments, timeZone, holidays) => {
        const set: TestSettings = {
          timeZone,
          holidays,
          calendars: [hours],
          extensions: [{ number: '1001' }, { number: '1002' }],
          numbers: [{ number: '0300000001', target: '1001', calendar: 0, closed: { inside: '1002' } }],
        }
        const answers = await ask(
          set,
          moments.map((at) => ({ called: '0300000001', at, ...nothingSpecial })),
        )
        for (const [place, at] of moments.entries()) {
          const { plan } = answers[place] ?? assert.fail()
          assert.equal(plan.open, isOpenAt(hours, new Date(at), { timeZone, holidays }), at)
          assert.deepEqual(plan.steps[0]?.to, [plan.open ? '1001' : '1002'])
        }
      },
    ),
    { numRuns: runs({ usual: 100, many: 3000 }) },
  )
})

/** As a person reads a calendar: what is on the wall, of today and of the night that began yesterday. */
function isOpenAt(
  { override, days = [], slots = [], closesOnHolidays }: TestCalendar,
  at: Date,
  { timeZone, holidays }: { timeZone: string; holidays: readonly string[] },
): boolean {
  if (override && new Date(override.until) > at) return override.isOpen
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  const [today = '', clock = ''] = wall.split(' ')
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const minute = hours * 60 + minutes
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
  const isOpenOn = (date: string, when: number): boolean => {
    const covers = ({ opens, closes }: { opens: number | null; closes: number | null }): boolean =>
      opens !== null && closes !== null && opens <= when && when < closes
    const special = days.find((each) => each.day === date)
    if (special) return covers(special)
    if (closesOnHolidays && holidays.includes(date)) return false
    const weekday = new Date(date).getUTCDay() || 7
    return slots.some((slot) => slot.weekday === weekday && covers(slot))
  }
  return isOpenOn(today, minute) || isOpenOn(yesterday, minute + 1440)
}
