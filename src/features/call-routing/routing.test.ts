import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '#test/database.ts'
import { type Asked, ask, nothingSpecial, type Plan } from '#test/ask-switchboard.ts'
import type { TestGoal, TestSettings } from '#test/line-settings.ts'
import { runs } from '#test/many-runs.ts'
import { aGroup, anExtension, extensionNumbers, groupNumbers, randomSettings } from '#test/random-settings.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Imagined, walkSettings } from '#test/walk-settings.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const imagined: fc.Arbitrary<Imagined> = fc.record({
  busy: fc.uniqueArray(anExtension, { maxLength: 3 }),
  unreachable: fc.uniqueArray(anExtension, { maxLength: 3 }),
  lastRung: fc.dictionary(aGroup, anExtension, { maxKeys: 2 }),
})

test('who rings is who a person would find by walking through the settings', async () => {
  await fc.assert(
    fc.asyncProperty(randomSettings, imagined, async (set, call) => {
      const numbers = set.numbers ?? []
      const goals: [called: string, goal: TestGoal | undefined][] = [
        ['0300000001', { inside: '6000' }],
        ['0300000002', numbers[1]?.closed],
        ['0300000003', undefined],
        ...[...extensionNumbers, ...groupNumbers].map((inside): [string, TestGoal] => [inside, { inside }]),
      ]
      const answers = await ask(
        admin,
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
      ...(at < 2 && { afterwards: { inside: String(number + 1) } }),
    })),
  }
  const [three, two, one] = await ask(
    admin,
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
  const answers = await ask(admin, set, [
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
