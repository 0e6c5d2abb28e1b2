import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '#test/database.ts'
import { ask, nothingSpecial } from '#test/ask-switchboard.ts'
import type { TestCalendar, TestSettings } from '#test/line-settings.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
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
      fc.record({
        timeZone: fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/St_Johns'),
        holidays: fc.uniqueArray(day, { maxLength: 2 }),
      }),
      async (hours, moments, { timeZone, holidays }) => {
        const set: TestSettings = {
          timeZone,
          holidays,
          calendars: [hours],
          extensions: [{ number: '1001' }, { number: '1002' }],
          numbers: [{ number: '0300000001', target: '1001', calendar: 0, closed: { inside: '1002' } }],
        }
        const answers = await ask(
          admin,
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
