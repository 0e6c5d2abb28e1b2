import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { offsetAt } from './offset.ts'
import { isTimeZone, timeZoneNamed, timeZones, zoneChoices } from './zones.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2026-11-22T05:20:11Z')

test('a zone is a name, by any of its aliases, and no offset', () => {
  for (const zone of ['Asia/Tokyo', 'UTC', 'Asia/Kolkata', 'Asia/Calcutta']) assert(isTimeZone(zone), zone)
  for (const zone of ['+09:00', '-05:00', 'Asia/Atlantis', '']) assert(!isTimeZone(zone), zone)
})

test('zones have their names of today, which the database knows by the same offsets', async () => {
  for (const [given, name] of [
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['europe/kiev', 'Europe/Kyiv'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['ASIA/TOKYO', 'Asia/Tokyo'],
    ['Asia/Atlantis', undefined],
  ] as const)
    assert.equal(timeZoneNamed(given), name)
  assert.equal(new Set(timeZones).size, timeZones.length)
  assert(!timeZones.includes('Asia/Calcutta') && timeZones.includes('Asia/Kolkata'))
  const { rows } = await admin.query<{ name: string; offset: number }>(
    `select name, extract(epoch from ($1::timestamptz at time zone name) - ($1::timestamptz at time zone 'UTC'))::int as offset
     from unnest($2::text[]) as given (name)`,
    [now, timeZones],
  )
  const told = new Map(zoneChoices({ first: [], language: 'en', now }).map(({ value, group }) => [value, `${group} `]))
  const differing = rows.filter(({ name, offset }) => {
    if (!told.has(name)) return false
    const [hours, rest] = [Math.trunc(Math.abs(offset) / 3600), (Math.abs(offset) % 3600) / 60]
    return !told.get(name)?.startsWith(`UTC${offset < 0 ? '-' : '+'}${hours}${rest ? `:${rest}` : ''} `)
  })
  // Two versions of the rules may differ, of countries that have just changed their own: Node has 2026e, the database an older one.
  assert(differing.length < 10, JSON.stringify(differing))
})

test("first of all stands the customer's zone, then all by their offsets, each once, in the reader's language", () => {
  const japanese = zoneChoices({ first: ['Asia/Tokyo', 'Asia/Tokyo'], language: 'ja', now })
  assert.deepEqual(japanese[0], { value: 'Asia/Tokyo', label: 'Asia/Tokyo', group: 'UTC+9 日本標準時' })
  assert.equal(japanese[1]?.group.startsWith('UTC-11'), true)
  assert.deepEqual(japanese.at(-1), {
    value: 'Pacific/Kiritimati',
    label: 'Pacific/Kiritimati',
    group: 'UTC+14',
  })
  const values = japanese.map(({ value }) => value)
  assert.equal(new Set(values).size, values.length)
  for (const zone of ['UTC', 'America/Argentina/Buenos_Aires', 'Asia/Ho_Chi_Minh']) assert(values.includes(zone), zone)
  // Whose zone is left out has it among the first, and what is left out is had by another name.
  const offset = (zone: string): number => offsetAt(now.getTime(), zone)
  const offered = new Set(values.map(offset))
  for (const zone of timeZones.filter((each) => !each.startsWith('Antarctica/')))
    assert(offered.has(offset(zone)), zone)
  assert.equal(zoneChoices({ first: ['America/Aruba'], language: 'ja', now })[0]?.value, 'America/Aruba')
  const english = zoneChoices({ first: ['Europe/Berlin', 'Asia/Calcutta'], language: 'en', now })
  assert.deepEqual(
    english.slice(0, 2).map(({ value, group }) => `${group} ${value}`),
    ['UTC+1 Central European Time Europe/Berlin', 'UTC+5:30 India Standard Time Asia/Calcutta'],
  )
  // In summer the offset is another, the name the same.
  const summer = zoneChoices({ first: ['Europe/Berlin'], language: 'en', now: new Date('2026-07-01T00:00:00Z') })
  assert.equal(summer[0]?.group, 'UTC+2 Central European Time')
})
