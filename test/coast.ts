import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

type Ring = readonly (readonly number[])[]

/** Etorofu, Kunashiri, Shikotan and the Habomai islands, which Natural Earth gives to who holds them: degrees west, south, east, north. */
const northernTerritories = [145.2, 43.2, 149.2, 45.6] as const
/** By ISO 3166-1. */
const japan = '392'
const russia = '643'

/**
 * The coast line of Japan from Natural Earth (public domain) by the package world-atlas, in its scale of 1:10 million. Each line is
 * a ring: its first point in steps of a ten-thousandth of a degree, east and north, then the steps from each to the next.
 */
export function makeCoast(): string {
  const own = createRequire(import.meta.url)
  // Of the package's own making.
  const world = JSON.parse(readFileSync(own.resolve('world-atlas/countries-10m.json'), 'utf8')) as Topology<{
    countries: GeometryCollection
  }>
  const { features } = feature(world, world.objects.countries)
  const ringsOf = (country: string): Ring[] => {
    const geometry = features.find(({ id }) => id === country)?.geometry
    return geometry?.type === 'MultiPolygon' ? geometry.coordinates.flatMap(([outer]) => (outer ? [outer] : [])) : []
  }
  const rings = [...ringsOf(japan), ...ringsOf(russia).filter(isNorthern)]
  return `${rings.map(lineOf).toSorted().join('\n')}\n`
}

function isNorthern(ring: Ring): boolean {
  const [west, south, east, north] = northernTerritories
  return ring.every(([x = 0, y = 0]) => x >= west && x <= east && y >= south && y <= north)
}

function lineOf(ring: Ring): string {
  const points = ring.map((point) => point.map((degrees) => Math.round(degrees * 10_000)))
  const steps = points.map(([x = 0, y = 0], index) => {
    const [formerX = 0, formerY = 0] = points[index - 1] ?? []
    return `${x - formerX} ${y - formerY}`
  })
  return steps.join(' ')
}
