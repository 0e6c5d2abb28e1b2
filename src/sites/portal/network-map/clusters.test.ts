import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SiteMark } from '#features/network-map/list.ts'
import { prefectures } from '#features/network-map/prefectures.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import { runs } from '#test/many-runs.ts'
import { clustersOf, labelPlaces } from './clusters.ts'
import { frameOfJapan, mapSize } from './map-frames.ts'

const marks = fc.array(
  fc.record({
    north: fc.double({ min: 24.2, max: 45.5, noNaN: true }),
    east: fc.double({ min: 128.5, max: 149, noNaN: true }),
    status: fc.constantFrom(...contractStatuses),
  }),
  { maxLength: 80 },
)

const marksOf = (given: readonly { north: number; east: number; status: SiteMark['status'] }[]): SiteMark[] =>
  given.map(({ status, ...position }, index) => ({
    id: `${index}`,
    name: `拠点${index}`,
    status,
    prefecture: 13,
    position,
  }))

test('no two marks lie on each other, each site is in one of them, and the worst decides how it looks', () => {
  fc.assert(
    fc.property(marks, (given) => {
      const sites = marksOf(given)
      const clusters = clustersOf(sites, frameOfJapan)
      const ids = clusters.flatMap((cluster) => cluster.marks.map(({ id }) => id))
      assert.equal(new Set(ids).size, ids.length)
      for (const [index, one] of clusters.entries()) {
        for (const other of clusters.slice(index + 1)) assert(Math.hypot(one.x - other.x, one.y - other.y) >= 34)
        const ranks = one.marks.map(({ status }) => contractStatuses.indexOf(status))
        assert.equal(ranks[0], Math.min(...ranks))
        assert(one.x >= 0 && one.x <= mapSize.width && one.y >= 0 && one.y <= mapSize.height)
      }
    }),
    { numRuns: runs({ usual: 200, many: 5000 }) },
  )
})

test('no name lies on another, on a mark or over the edge', () => {
  fc.assert(
    fc.property(marks, (given) => {
      const clusters = clustersOf(marksOf(given), frameOfJapan)
      const names = clusters.map(({ marks: [{ name }] }) => name)
      const rooms = labelPlaces(clusters, names, mapSize).flatMap((place) => (place ? [place] : []))
      for (const [index, one] of rooms.entries())
        for (const other of rooms.slice(index + 1))
          assert(one.x !== other.x || Math.abs(one.y - other.y) >= 20, JSON.stringify([one, other]))
    }),
    { numRuns: runs({ usual: 200, many: 5000 }) },
  )
})

test('a site in each prefecture is on the map of Japan', () => {
  const sites = [...prefectures.values()].map(({ code, north, east }): SiteMark => {
    return { id: `${code}`, name: 'x', status: 'normal', prefecture: code, position: { north, east } }
  })
  const all = clustersOf(sites, frameOfJapan).flatMap((cluster) => cluster.marks)
  assert.equal(all.length, 47)
})
