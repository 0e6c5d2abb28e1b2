import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { putOutages } from '#features/outages/put.ts'
import { after as later, days, hours } from '#platform/time/duration.ts'
import { openOutageWorld } from '#test/outage-world.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'
import { weekOf } from './week.ts'

const world = await openOutageWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, acme, other, admin } = world
let staff: TestBrowser
/** Wednesday of a week that nothing else is in, at ten in the evening in Tokyo. */
const night = new Date('2027-02-10T13:00:00Z')
const week = `${paths.works}?week=2027-02-10`

before(async () => {
  staff = await signInStaff(portal, await make.staff())
})

let made = 0

async function putWorks(contracts: string[], startsAt: Date, length = 4 * hours): Promise<string> {
  const code = `K-${++made}`
  const now = portal.program.now()
  const times = { startsAt: startsAt.toISOString(), endsAt: later(startsAt, length).toISOString() }
  const put = await world.database.operator.transaction((tx) =>
    putOutages({ tx, now }, [
      {
        code,
        kind: 'works',
        title: { ja: `設備の更改 ${code}`, en: `Renewal ${code}` },
        affects: { contracts },
        updatedAt: now.toISOString(),
        ...times,
      },
    ]),
  )
  assert(put.ok)
  return code
}

/** What the page says of the days of its week. */
async function daysOf(address: string): Promise<string[]> {
  const { body } = await staff.get(address)
  return body.split('<section class="section').slice(1)
}

test('works stand on each day on which they are, with their customers, from Monday to Sunday', async () => {
  const one = await putWorks([acme.numbers[0] ?? ''], night)
  const both = await putWorks([acme.numbers[1] ?? '', other.numbers[1] ?? ''], later(night, -2 * days))
  await putWorks([other.numbers[0] ?? ''], later(night, 5 * days))
  const told = await daysOf(week)
  assert.equal(told.length, 7)
  const on = (code: string): number[] => told.flatMap((day, at) => (day.includes(code) ? [at] : []))
  assert.deepEqual([on(one), on(both), on('K-3')], [[2, 3], [0, 1], []])
  assert(told[0]?.includes('2社') && told[0].includes('2月8日'))
  assert(told[2]?.includes(`/customers/${acme.customerId}`))
  assert((await daysOf(`${paths.works}?week=2027-02-15`))[0]?.includes('K-3'))
  const { body } = await staff.get(week)
  for (const monday of ['2027-02-01', '2027-02-15']) assert(body.includes(`week=${monday}`))
})

test('who is worked on twice at a time is named; who is so one after the other, or not any more, is not', async () => {
  const start = later(night, 7 * days)
  const [first, second] = [
    await putWorks([acme.numbers[2] ?? ''], start),
    await putWorks([acme.numbers[3] ?? ''], later(start, 3 * hours)),
  ]
  const third = await putWorks([acme.numbers[2] ?? '', other.numbers[2] ?? ''], later(start, 7 * hours))
  const rowsOf = async (): Promise<Map<string, string>> => {
    const { body } = await staff.get(`${paths.works}?week=2027-02-17`)
    return new Map(
      body.split('<tr').flatMap((row): [string, string][] => {
        const [code = ''] = /K-\d+/.exec(row) ?? []
        return code ? [[code, row]] : []
      }),
    )
  }
  const told = await rowsOf()
  assert.deepEqual(
    [first, second, third].map((code) => told.get(code)?.includes('1社で重なり')),
    [true, true, false],
  )
  await admin.query('update outage set withdrawn_at = now(), state = $2 where code = $1', [first, 'withdrawn'])
  await admin.query('update incident set withdrawn_at = now() where code = $1', [first])
  const left = await rowsOf()
  assert(!left.has(first) && !left.get(second)?.includes('重なり'))
})

test('whoever is about to publish works is told whom they would meet', async () => {
  const start = later(night, 14 * days)
  await putWorks([acme.numbers[0] ?? ''], start)
  const draftOf = async (startsAt: Date): Promise<string> => {
    const { rows } = await admin.query<{ id: string }>(
      `insert into outage (code, kind, title_ja, title_en, starts_at, ends_at, affects, updated_at)
       values ($1, 'works', '更改', 'Renewal', $2::timestamptz, $2::timestamptz + interval '1 hour', $3, now()) returning id`,
      [`K-${++made}`, startsAt, JSON.stringify({ contracts: [acme.numbers[1], other.numbers[1]] })],
    )
    return rows[0]?.id ?? assert.fail('no draft')
  }
  const writer = await signInStaff(portal, await make.staff({ roles: ['content'] }))
  const shown = async (startsAt: Date): Promise<string> =>
    (await writer.get(paths.publishOutage({ id: await draftOf(startsAt) }))).body
  const met = await shown(later(start, hours))
  assert(
    met.includes('1社のお客様には、同じ時間帯に別の工事があります') && met.includes(`/customers/${acme.customerId}`),
  )
  assert(!(await shown(later(start, 5 * hours))).includes('同じ時間帯に別の工事'))
})

test('drafts are there to be seen, by whoever is of the staff, in a handful of statements', async () => {
  const start = later(night, 21 * days)
  await admin.query(
    `insert into outage (code, kind, title_ja, title_en, starts_at, affects, updated_at) values ('K-draft', 'works', '下書きの工事', 'Draft', $1, '{}', now())`,
    [start],
  )
  const address = `${paths.works}?week=2027-03-03`
  assert((await daysOf(address))[2]?.includes('下書きの工事'))
  const sent = world.database.statements.length
  await staff.get(address)
  assert(world.database.statements.length - sent <= 6)
  for (const wrong of ['x', '2027-02-31', '1999-01-01', '9999-99-99'])
    assert.equal((await staff.get(`${paths.works}?week=${wrong}`)).status, 200, wrong)
  const english = portal.consoleBrowser({ language: 'en' })
  await signInStaff(portal, await make.staff(), english)
  assert((await english.get(week)).body.includes('Calendar of works'))
})

test('a week is that of the reader’s zone', () => {
  const now = new Date('2027-02-14T16:00:00Z')
  const { from, to, ...others } = weekOf(undefined, { now, zone: 'Asia/Tokyo' })
  assert.deepEqual(
    [from.toISOString(), to.toISOString(), others.before, others.after],
    ['2027-02-14T15:00:00.000Z', '2027-02-21T15:00:00.000Z', '2027-02-08', '2027-02-22'],
  )
  assert.equal(weekOf(undefined, { now, zone: 'UTC' }).before, '2027-02-01')
  // Clocks are put forward on the Sunday, which has 23 hours.
  const spring = weekOf('2026-03-29', { now, zone: 'Europe/Berlin' })
  assert.equal((spring.to.getTime() - spring.from.getTime()) / hours, 7 * 24 - 1)
})
