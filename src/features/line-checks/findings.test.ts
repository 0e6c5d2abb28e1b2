import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { recountByTime } from '#features/line-checks/recount.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import type { TestGroup, TestSettings } from '#test/line-settings.ts'
import { superuserOf } from '#test/superuser.ts'
import { findFindings } from './find.ts'
import type { findingKinds } from './findings.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

let made = 0
/** One that no other line has. */
const outside = (): string => `0300${String(++made).padStart(6, '0')}`

const spring = new Date('2026-05-01T00:00:00Z')
/** When days off of the next year are asked for. */
const autumn = new Date('2026-11-30T00:00:00Z')

async function foundIn(settings: TestSettings, now: Date = spring): Promise<string[]> {
  const line = await makeLine(database, settings)
  return inLine(database, line, async (ctx) => {
    const found = await findFindings({ ...ctx, now }, { remarks: true })
    return found.map(({ kind, number, path }) => [kind, number, ...path].join(' '))
  })
}

const phones = ['1001', '1002'].map((number) => ({ number }))
const ringing = (number: string, more: Partial<TestGroup> = {}): TestGroup => ({
  number,
  kind: 'sequential',
  members: phones.map((extension) => ({ extension: extension.number })),
  ...more,
})
const weekdays = { slots: [{ weekday: 1, opens: 540, closes: 1080 }] }

/** A line with exactly one thing in it that is not meant, beside what it leads to. */
const cases: Record<(typeof findingKinds)[number], () => [settings: TestSettings, found: string]> = {
  'number-without-target': () => {
    const number = outside()
    return [{ extensions: phones, groups: [ringing('6000')], numbers: [{ number }] }, `number-without-target ${number}`]
  },
  'number-to-disabled': () => {
    const number = outside()
    const extensions = [...phones, { number: '1009', isEnabled: false }]
    const numbers = [{ number, target: '6000', calendar: 0, closed: { inside: '1009' } }]
    return [
      { extensions, groups: [ringing('6000')], calendars: [weekdays], numbers },
      `number-to-disabled ${number} 1009`,
    ]
  },
  'group-without-phones': () => [
    { extensions: phones, groups: [ringing('6000'), ringing('6001', { members: [] })] },
    'group-without-phones 6001',
  ],
  loop: () => {
    const [there, back] = [{ afterwards: { inside: '6001' } }, { afterwards: { inside: '6000' } }]
    return [{ extensions: phones, groups: [ringing('6000', there), ringing('6001', back)] }, 'loop 6000 6000 6001 6000']
  },
  'plan-cut': () => {
    const chain = ['6000', '6001', '6002', '6003', '6004']
    const groups = chain.map((number, at) => {
      const next = chain[at + 1]
      return ringing(number, next === undefined ? {} : { afterwards: { inside: next } })
    })
    return [{ extensions: phones, groups }, `plan-cut 6000 ${chain.join(' ')}`]
  },
  'group-then-disabled': () => {
    const extensions = [...phones, { number: '1009', isEnabled: false }]
    return [
      { extensions, groups: [ringing('6000', { afterwards: { inside: '1009' } })] },
      'group-then-disabled 6000 1009',
    ]
  },
  'number-ended': () => {
    const number = outside()
    const numbers = [{ number, target: '6000', endedOn: '2020-01-01' }]
    return [{ extensions: phones, groups: [ringing('6000')], numbers }, `number-ended ${number} 6000`]
  },
  'outside-is-own': () => {
    const [number, own] = [outside(), outside()]
    const numbers = [
      { number, target: '6000', calendar: 0, closed: { outside: own } },
      { number: own, target: '6000' },
    ]
    return [
      { extensions: phones, groups: [ringing('6000')], calendars: [weekdays], numbers },
      `outside-is-own ${number} ${own}`,
    ]
  },
  'calendar-always-closed': () => [
    { extensions: phones, groups: [ringing('6000')], calendars: [{}] },
    'calendar-always-closed 営業時間 0',
  ],
  'holidays-unset': () => [
    {
      extensions: phones,
      groups: [ringing('6000')],
      calendars: [weekdays],
      numbers: [{ number: '0300000009', target: '6000', calendar: 0 }],
    },
    'holidays-unset 営業時間 0',
  ],
  'override-lasts': () => {
    const override = { isOpen: false, until: '2099-01-01T00:00:00Z' }
    return [
      { extensions: phones, groups: [ringing('6000')], calendars: [{ ...weekdays, override }] },
      'override-lasts 営業時間 0',
    ]
  },
  'extension-unreached': () => [
    { extensions: [...phones, { number: '1003' }], groups: [ringing('6000')] },
    'extension-unreached 1003',
  ],
}

for (const [kind, settings] of Object.entries(cases))
  test(`${kind} is found, and nothing else`, async () => {
    const [set, expected] = settings()
    assert.deepEqual(await foundIn(set, kind === 'holidays-unset' ? autumn : spring), [expected])
  })

test('days off of the next year are asked for from October on, where hours are used and have none', async () => {
  const [set] = cases['holidays-unset']()
  const day = { day: '2027-01-01', opens: null, closes: null }
  const numbers = [{ number: outside(), target: '6000', calendar: 0 }]
  assert.deepEqual(await foundIn({ ...set, numbers }), [])
  const calendars = [{ ...weekdays, days: [day] }]
  assert.deepEqual(
    await foundIn({ ...set, numbers: [{ number: outside(), target: '6000', calendar: 0 }], calendars }, autumn),
    [],
  )
  assert.deepEqual(await foundIn({ ...set, numbers: [] }, autumn), [])
})

test('a plan is told as cut where it is too wide as well as where it is too deep', async () => {
  const many = Array.from({ length: 32 }, (_, at) => String(2001 + at))
  const members = many.map((extension) => ({ extension }))
  const crowded = (last: boolean): TestSettings => ({
    extensions: many.map((number) => ({ number })),
    groups: [
      ringing('6000', { members, afterwards: { inside: '6001' } }),
      ringing('6001', { members, ...(!last && { afterwards: { inside: '6002' } }) }),
      ...(last ? [] : [ringing('6002', { members })]),
    ],
  })
  assert.deepEqual(await foundIn(crowded(true)), [])
  assert.deepEqual(await foundIn(crowded(false)), ['plan-cut 6000 6000 6001 6002'])
})

test('what comes with the day is counted when the day has come, in the zone of the line', async () => {
  const number = { number: outside(), target: '6000', endedOn: '2026-12-31' }
  const line = await makeLine(database, { extensions: phones, groups: [ringing('6000')], numbers: [number] })
  const countAt = async (moment: string): Promise<unknown> => {
    await recountByTime(database.operator, new Date(moment))
    const { rows } = await admin.query<{ attention: number }>('select attention from pbx.line where contract_id = $1', [
      line.contractId,
    ])
    return rows[0]?.attention
  }
  // Midnight in Japan.
  assert.deepEqual([await countAt('2026-12-30T14:59:59Z'), await countAt('2026-12-30T15:00:00Z')], [0, 1])
})
