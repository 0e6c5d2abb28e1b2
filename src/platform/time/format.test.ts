import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime, isTimeZone, timeZonesWith, zoneLabel } from './format.ts'

const now = new Date('2026-11-22T05:20:11Z')
const tokyo = { zone: 'Asia/Tokyo', language: 'ja', now } as const

test('a time of this year goes without the year and the seconds', () => {
  assert.equal(formatTime(new Date('2026-11-22T05:02:59Z'), 'date-time', tokyo), '11月22日（日） 14:02')
  assert.equal(
    formatTime(new Date('2026-11-22T05:02:59Z'), 'date-time', { ...tokyo, language: 'en' }),
    'Sun 22 Nov, 14:02',
  )
})

test('a time of another year names it', () => {
  assert.equal(formatTime(new Date('2025-11-20T07:41:00Z'), 'date', tokyo), '2025年11月20日（木）')
  assert.equal(formatTime(new Date('2025-11-20T07:41:00Z'), 'date', { ...tokyo, language: 'en' }), 'Thu 20 Nov 2025')
})

test('the year is judged in the zone of the reader', () => {
  const newYear = new Date('2026-12-31T15:00:00Z')
  assert.equal(formatTime(newYear, 'date-time', tokyo), '2027年1月1日（金） 00:00')
  assert.equal(formatTime(newYear, 'clock', { ...tokyo, zone: 'UTC' }), '15:00')
})

test('a zone is named with its offset of that day', () => {
  assert.equal(zoneLabel('Asia/Tokyo', 'ja', now), '日本標準時（UTC+9）')
  assert.equal(zoneLabel('Asia/Tokyo', 'en', now), 'Japan Standard Time (UTC+9)')
  assert.equal(zoneLabel('Asia/Kolkata', 'en', now), 'India Standard Time (UTC+5:30)')
  assert.equal(zoneLabel('Europe/London', 'en', now), 'Greenwich Mean Time (UTC+0)')
  assert.equal(zoneLabel('Europe/London', 'en', new Date('2026-07-01T00:00:00Z')), 'British Summer Time (UTC+1)')
})

test('a zone is a name, by any of its aliases, and no offset', () => {
  for (const zone of ['Asia/Tokyo', 'UTC', 'Asia/Kolkata', 'Asia/Calcutta']) assert(isTimeZone(zone), zone)
  for (const zone of ['+09:00', '-05:00', 'Asia/Atlantis', '']) assert(!isTimeZone(zone), zone)
})

test("to choose from are UTC, the reader's own zone and the others, each once", () => {
  const zones = timeZonesWith('Asia/Kolkata')
  for (const zone of ['UTC', 'Asia/Kolkata', 'Europe/London']) assert(zones.includes(zone), zone)
  assert.equal(new Set(zones).size, zones.length)
  assert.deepEqual(
    timeZonesWith('Asia/Tokyo').filter((zone) => !isTimeZone(zone)),
    [],
  )
})
