import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minutes } from './duration.ts'
import { formatTime, offsetClock, zoneLabel } from './format.ts'
import { comesTwice } from './offset.ts'
import { wallClockOf } from './wall-clock.ts'

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

test('an hour that comes twice is told with its offset, and no other', () => {
  const berlin = { zone: 'Europe/Berlin', language: 'ja', now } as const
  const told = (utc: string, facts: Parameters<typeof formatTime>[2] = berlin): string =>
    formatTime(new Date(`2026-${utc}Z`), 'date-time', facts)
  assert.equal(told('10-24T23:59'), '10月25日（日） 01:59')
  assert.equal(told('10-25T00:00'), '10月25日（日） 02:00（UTC+2）')
  assert.equal(told('10-25T00:59'), '10月25日（日） 02:59（UTC+2）')
  assert.equal(told('10-25T01:00'), '10月25日（日） 02:00（UTC+1）')
  assert.equal(told('10-25T01:59', { ...berlin, language: 'en' }), 'Sun 25 Oct, 02:59 (UTC+1)')
  assert.equal(told('10-25T02:00'), '10月25日（日） 03:00')
  // Clocks are put forward: no time comes twice.
  for (const utc of ['03-29T00:59', '03-29T01:00']) assert.doesNotMatch(told(utc), /UTC/)
  assert.equal(formatTime(new Date('2026-10-25T01:00Z'), 'date', berlin), '10月25日（日）')
  // Of half an hour, on Lord Howe Island.
  const island = { ...berlin, zone: 'Australia/Lord_Howe' }
  assert.equal(told('04-04T14:29', island), '4月5日（日） 01:29')
  assert.equal(told('04-04T14:30', island), '4月5日（日） 01:30（UTC+11）')
  assert.equal(told('04-04T15:00', island), '4月5日（日） 01:30（UTC+10:30）')
  assert.equal(told('04-04T15:30', island), '4月5日（日） 02:00')
})

test('in a file each moment has its offset, and is read again as that moment', () => {
  assert.equal(offsetClock('Asia/Tokyo')(new Date('2026-11-22T05:02:33Z')), '2026-11-22 14:02:33+09:00')
  const moments = fc.integer({ min: 0, max: 20 * 366 * 24 * 3600 }).map((at) => new Date(Date.UTC(2015, 0) + at * 1000))
  const zones = fc.constantFrom('Asia/Tokyo', 'UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe')
  fc.assert(
    fc.property(zones, fc.array(moments, { minLength: 1, maxLength: 5 }), (zone, all) => {
      const clock = offsetClock(zone)
      for (const at of all) assert.equal(Date.parse(clock(at).replace(' ', 'T')), at.getTime(), `${zone} ${clock(at)}`)
    }),
  )
})

test('a moment is told with an offset where and only where its wall clock says the same twice', () => {
  const near = fc.integer({ min: -4 * 60, max: 4 * 60 })
  const turns = fc.constantFrom('2026-10-25T01:00Z', '2026-03-29T01:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z')
  const zones = fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Tokyo')
  fc.assert(
    fc.property(zones, turns, near, (zone, turn, minutesAway) => {
      const at = Date.parse(turn) + minutesAway * minutes
      const wall = (moment: number): string => wallClockOf(new Date(moment), zone)
      const twins = [-60, -30, 30, 60].filter((away) => wall(at + away * minutes) === wall(at))
      assert.equal(comesTwice(new Date(at), zone), twins.length > 0, `${zone} ${new Date(at).toISOString()}`)
    }),
  )
})
