import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { momentAt, wallClockOf } from './wall-clock.ts'

const zone = fc.constantFrom('Asia/Tokyo', 'UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe')
const minute = fc
  .integer({ min: 0, max: 60 * 24 * 365 * 20 })
  .map((minutes) => new Date(Date.UTC(2020, 0) + minutes * 60_000))

test('what the wall says leads back to a moment at which it says so', () => {
  fc.assert(
    fc.property(minute, zone, (at, where) => {
      const wall = wallClockOf(at, where)
      const back = momentAt(wall, where)
      assert(back)
      assert.equal(wallClockOf(back, where), wall)
      // Of an hour that comes twice, the first.
      assert(back <= at && at.getTime() - back.getTime() <= 60 * 60_000)
    }),
  )
})

test('what no clock says is no moment', () => {
  for (const wall of ['', '2026-13-01T00:00', '2026-11-24', 'now', '2026-11-24T25:00', '0026-12-05T22:00'])
    assert.equal(momentAt(wall, 'Asia/Tokyo'), undefined)
  assert.equal(momentAt('2026-11-24T10:00', 'Asia/Tokyo')?.toISOString(), '2026-11-24T01:00:00.000Z')
  // Clocks are put forward at 02:00.
  assert.equal(momentAt('2026-03-29T02:30', 'Europe/Berlin')?.toISOString(), '2026-03-29T01:30:00.000Z')
})
