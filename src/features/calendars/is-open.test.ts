import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { nationalHolidaysFrom } from '#program/national-holidays.ts'
import { calendarId, type TestCalendar, writeSettings } from '#test/line-settings.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { testDatabase } from '#test/database.ts'
import { dayAfter, hoursOn } from './hours.ts'

/*
 * Whether business hours are open, by `pbx.is_open` as the app and the telephone engine ask it, by what the pages tell (`hoursOn`),
 * and by a model that goes minute by minute over what a clock on the wall says.
 */

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const holidays = new Map<string, { ja: string; en: string }>()
before(async () => {
  const all = (await nationalHolidaysFrom(2024)).filter(({ day }) => day < '2036')
  for (const { day, name_ja: ja, name_en: en } of all) holidays.set(day, { ja, en })
  await admin.query(
    `insert into pbx.national_holiday select * from jsonb_populate_recordset(null::pbx.national_holiday, $1)
     on conflict do nothing`,
    [JSON.stringify(all)],
  )
})

// Two of them put their clocks forward and back, one by half an hour, and one stands a quarter off.
const zone = fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
const first = Date.UTC(2024, 0, 1)
const dayLong = 86_400_000
const isoDay = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

const anyDay = fc.integer({ min: 0, max: 12 * 365 }).map((at) => isoDay(first + at * dayLong))
/** Where it is likely to go wrong: holidays and days beside them, ends of years and Februaries, days on which clocks change. */
const day = fc.oneof(
  anyDay,
  fc.tuple(fc.nat(), fc.integer({ min: -1, max: 1 })).map(([at, by]) => {
    const days = [...holidays.keys()]
    return dayAfter(days[at % days.length] ?? '', by)
  }),
  fc
    .tuple(
      fc.integer({ min: 2024, max: 2035 }),
      fc.constantFrom('12-31', '01-01', '02-28', '03-01', '03-31', '10-26', '11-03'),
    )
    .map(([year, date]) => `${year}-${date}`),
)
const span = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(0, 1, 1320, 1439)),
    fc.oneof(fc.integer({ min: 1, max: 2160 }), fc.constantFrom(1439, 1440, 1441, 1800, 2160)),
  )
  .map(([opens, closes]) => ({ opens, closes }))
  .filter(({ opens, closes }) => opens < closes)

const world = fc.tuple(day, zone).chain(([around, timeZone]) => {
  const near = fc.integer({ min: -1, max: 1 }).map((by) => dayAfter(around, by))
  const midnight = Date.parse(around)
  return fc.record({
    timeZone: fc.constant(timeZone),
    calendar: fc.record({
      closesOnHolidays: fc.boolean(),
      override: fc.option(
        fc.record({
          isOpen: fc.boolean(),
          until: fc
            .integer({ min: -24 * 60, max: 36 * 60 })
            .map((minutes) => new Date(midnight + minutes * 60_000).toISOString()),
        }),
        { nil: undefined },
      ),
      slots: fc.uniqueArray(
        fc.tuple(fc.integer({ min: 1, max: 7 }), span).map(([weekday, each]) => ({ weekday, ...each })),
        { selector: ({ weekday, opens }) => `${weekday} ${opens}`, maxLength: 12 },
      ),
      days: fc.uniqueArray(
        fc
          .tuple(near, fc.option(span))
          .map(([of, each]) => ({ day: of, opens: each?.opens ?? null, closes: each?.closes ?? null })),
        { selector: (each) => each.day, maxLength: 3 },
      ),
    }),
    moments: fc.array(
      fc.integer({ min: -40 * 3600, max: 64 * 3600 }).map((second) => midnight + second * 1000),
      { minLength: 4, maxLength: 8 },
    ),
    midnight: fc.constant(midnight),
  })
})

const keys = { customerId: crypto.randomUUID(), contractId: crypto.randomUUID() }

test('the switchboard, the pages and a clock on the wall agree when it is open', async () => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(world, async ({ timeZone, calendar, moments, midnight }) => {
      const at = [...moments, ...edgesOf(calendar, { midnight, timeZone })].map((moment) => new Date(moment))
      const [app, engine] = await askBoth({ timeZone, calendar }, at)
      for (const [place, moment] of at.entries()) {
        const meant = isOpenAt(calendar, moment, timeZone)
        const about = `${moment.toISOString()} ${timeZone} ${JSON.stringify(calendar)}`
        assert.equal(app?.[place], meant, `app ${about}`)
        assert.equal(engine?.[place], meant, `engine ${about}`)
        if (!calendar.override) assert.equal(isToldOpen(calendar, moment, timeZone), meant, `pages ${about}`)
        asked++
      }
    }),
    { numRuns: runs({ usual: 150, many: 20_000 }) },
  )
  assert(asked > 1000)
})

/** Both sides of midnights, of the ends of spans, and of the end of an override. */
function edgesOf(
  { slots = [], days = [], override }: TestCalendar,
  { midnight, timeZone }: { midnight: number; timeZone: string },
): number[] {
  const offset = Date.parse(`${wallOf(new Date(midnight), timeZone).join('T')}Z`) - midnight
  const ends = [...slots, ...days].flatMap(({ opens, closes }) => [opens ?? 0, closes ?? 0])
  const minutes = [...new Set([0, 1440, ...ends, ...ends.map((end) => end - 1440)])].slice(0, 12)
  const walls = minutes.map((minute) => midnight - offset + minute * 60_000)
  return [...walls, ...(override ? [Date.parse(override.until)] : [])].flatMap((edge) => [
    edge - 60_000,
    edge - 1000,
    edge,
    edge + 1000,
  ])
}

async function askBoth(
  { timeZone, calendar }: { timeZone: string; calendar: TestCalendar },
  at: readonly Date[],
): Promise<boolean[][]> {
  const client = await admin.connect()
  try {
    await client.query('begin')
    await writeSettings(client, keys, { timeZone, calendars: [calendar] })
    await client.query(`select set_config('app.customer', $1, true), set_config('app.contract', $2, true)`, [
      keys.customerId,
      keys.contractId,
    ])
    return [await askAs(client, 'portal_app', at), await askAs(client, 'telephone_engine', at)]
  } finally {
    await client.query('rollback')
    client.release()
  }
}

async function askAs(client: pg.PoolClient, role: string, at: readonly Date[]): Promise<boolean[]> {
  await client.query(`set local role ${role}`)
  const { rows } = await client.query<{ open: boolean }>(
    `select pbx.is_open($1, $2, $3, m) as open from unnest($4::timestamptz[]) with ordinality as u (m, place) order by place`,
    [keys.customerId, keys.contractId, calendarId(0), at],
  )
  await client.query('reset role')
  return rows.map(({ open }) => open)
}

function wallOf(at: Date, timeZone: string): [day: string, clock: string] {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  const [on = '', clock = ''] = wall.split(' ')
  return [on, clock]
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** Every minute for which a date is open, told one by one; what is after midnight is of the date before. */
function isOpenAt(calendar: TestCalendar, at: Date, timeZone: string): boolean {
  if (calendar.override && Date.parse(calendar.override.until) > at.getTime()) return calendar.override.isOpen
  const [today, clock] = wallOf(at, timeZone)
  const minute = minuteOf(clock)
  const yesterday = isoDay(Date.parse(today) - dayLong)
  return openMinutes(calendar, today).has(minute) || openMinutes(calendar, yesterday).has(minute + 1440)
}

function openMinutes({ days = [], slots = [], closesOnHolidays }: TestCalendar, date: string): Set<number> {
  const special = days.filter((each) => each.day === date)
  const isHoliday = holidays.has(date)
  const weekday = ((new Date(date).getUTCDay() + 6) % 7) + 1
  const spans =
    special.length > 0 ? special : isHoliday && closesOnHolidays ? [] : slots.filter((each) => each.weekday === weekday)
  return new Set(
    spans.flatMap(({ opens, closes }) =>
      opens === null || closes === null ? [] : Array.from({ length: closes - opens }, (_, by) => opens + by),
    ),
  )
}

/** By what the pages say of the day and of the one before. */
function isToldOpen(calendar: TestCalendar, at: Date, timeZone: string): boolean {
  const plan = {
    name: '',
    closesOnNationalHolidays: calendar.closesOnHolidays ?? true,
    week: [...(calendar.slots ?? [])],
    days: (calendar.days ?? []).map(({ day: of, opens, closes }) => ({
      day: of,
      name: '',
      span: opens === null || closes === null ? null : { opens, closes },
    })),
  }
  const [today, clock] = wallOf(at, timeZone)
  const covers = (date: string, minute: number): boolean =>
    hoursOn(plan, holidays, date).spans.some(({ opens, closes }) => opens <= minute && minute < closes)
  return covers(today, minuteOf(clock)) || covers(dayAfter(today, -1), minuteOf(clock) + 1440)
}
