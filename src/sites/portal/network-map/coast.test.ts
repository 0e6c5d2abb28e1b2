import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { prefectures } from '#features/network-map/prefectures.ts'
import { makeCoast } from '#test/coast.ts'
import { coastIn, readCoast } from './coast.ts'
import { frameOfJapan, frameAround } from './map-frames.ts'

const file = new URL('coast.txt', import.meta.url)

test('the coast line is what test/coast.ts makes of Natural Earth', () => {
  const made = makeCoast()
  if (process.env.WRITE_COAST) writeFileSync(file, made)
  assert(made === readFileSync(file, 'utf8'), 'WRITE_COAST=1 npm test -- src/sites/portal/network-map/coast.test.ts')
})

test('all of Japan stands on it: four large islands, Okinawa, Ogasawara and the northern territories', () => {
  const rings = readCoast()
  assert(rings.length > 100)
  const isAt = (east: number, north: number): boolean => rings.some((ring) => holds(ring, [east, north]))
  for (const [name, east, north] of [
    ['Honshu', 138.2, 36.6],
    ['Hokkaido', 142.8, 43.5],
    ['Kyushu', 130.9, 32.7],
    ['Shikoku', 133.3, 33.8],
    ['Okinawa', 127.95, 26.5],
    ['Etorofu', 147.4, 44.85],
    ['Kunashiri', 145.9, 44.1],
  ] as const)
    assert(isAt(east, north), name)
  assert(!isAt(142.8, 46.5), 'Sakhalin')
})

test('every seat of a prefecture’s government lies on land, or within 2 km of it', () => {
  const rings = readCoast()
  const near = [0, 0.02, -0.02]
  for (const { name, north, east } of prefectures.values())
    assert(
      near.some((x) => near.some((y) => rings.some((ring) => holds(ring, [east + x, north + y])))),
      name.ja,
    )
})

test('what is drawn of it is light, and lies within its frame', () => {
  const drawn = frameOfJapan.map(({ window, box }) => coastIn(window, box))
  assert(drawn.join('').length < 9000, String(drawn.join('').length))
  for (const { code } of prefectures.values()) {
    const [{ window, box }] = frameAround([code], [])
    const path = coastIn(window, box)
    assert(path.startsWith('M') && path.length < 12_000, `${code}: ${path.length}`)
    assert.match(path, /^[Mlz\d .-]+$/)
  }
})

/** By counting the edges that a line to the east crosses. */
function holds(ring: readonly (readonly [number, number])[], [x, y]: readonly [number, number]): boolean {
  let isInside = false
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [0, 0]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside
  }
  return isInside
}
