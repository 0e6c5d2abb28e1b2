import { readFileSync } from 'node:fs'
import { type Box, type GeoWindow, placerIn } from './map-frames.ts'

type Point = readonly [number, number]
type Ring = readonly Point[]

/** Less than this, in the map's units, is not drawn: of a line how far it may differ, of an island how large it is. */
const least = { difference: 0.8, area: 2.5 }
/** What is cut off is cut so far beyond the edge of the map that no line is seen there; an inset has its edge drawn. */
const beyond = 80

let coast: readonly Ring[] | undefined

/** The coast line in degrees east and north, as `test/coast.ts` has made it. */
export function readCoast(): readonly Ring[] {
  coast ??= readFileSync(new URL('coast.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map(ringOf)
  return coast
}

function ringOf(line: string): Ring {
  const steps = line.split(' ').map(Number)
  const points: Point[] = []
  let [east, north] = [0, 0]
  for (let at = 0; at + 1 < steps.length; at += 2) {
    east += steps[at] ?? 0
    north += steps[at + 1] ?? 0
    points.push([east / 10_000, north / 10_000])
  }
  return points
}

const drawn = new Map<string, string>()
const mostDrawn = 200

/** What a window shows of the land, as a path of SVG in the units of its box. */
export function coastIn(window: GeoWindow, box: Box): string {
  const key = JSON.stringify([window, box])
  const path = drawn.get(key) ?? drawCoast(window, box)
  if (drawn.size >= mostDrawn) drawn.clear()
  drawn.set(key, path)
  return path
}

function drawCoast(window: GeoWindow, box: Box): string {
  const place = placerIn(window, box)
  const rings = readCoast().map((ring) =>
    cutTo(
      ring.map(([east, north]) => place({ east, north })),
      box,
    ),
  )
  return rings
    .filter((ring) => areaOf(ring) >= least.area)
    .map(pathOf)
    .join('')
}

/** What of a ring lies within the box, by each of its sides in turn (Sutherland and Hodgman, 1974). */
function cutTo(ring: Ring, { x, y, width, height }: Box): Ring {
  const outside = x === 0 && y === 0 ? beyond : 0
  const sides: [axis: 0 | 1, sign: 1 | -1, edge: number][] = [
    [0, 1, x - outside],
    [0, -1, x + width + outside],
    [1, 1, y - outside],
    [1, -1, y + height + outside],
  ]
  return sides.reduce<Ring>((rest, [axis, sign, edge]) => cutAt(rest, { axis, sign, edge }), ring)
}

interface Side {
  axis: 0 | 1
  sign: 1 | -1
  edge: number
}

function cutAt(ring: Ring, { axis, sign, edge }: Side): Ring {
  const depth = (point: Point): number => (point[axis] - edge) * sign
  return ring.flatMap((point, index) => {
    const former = ring.at(index - 1) ?? point
    const [from, to] = [depth(former), depth(point)]
    const crossing: Point[] = from >= 0 === to >= 0 ? [] : [between(former, point, from / (from - to))]
    return to >= 0 ? [...crossing, point] : crossing
  })
}

function between([x1, y1]: Point, [x2, y2]: Point, share: number): Point {
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]
}

/** Twice the area is the sum of the cross products. */
function areaOf(ring: Ring): number {
  const sum = ring.reduce((total, [x, y], index) => {
    const [x1, y1] = ring.at(index - 1) ?? [x, y]
    return total + (x1 * y - x * y1)
  }, 0)
  return Math.abs(sum) / 2
}

function pathOf(ring: Ring): string {
  const points = simplified(ring).map(([x, y]): Point => [Math.round(x), Math.round(y)])
  const [first, ...rest] = points
  if (!first) return ''
  let [x, y] = first
  const steps = rest.flatMap(([toX, toY]) => {
    const step = [toX - x, toY - y]
    ;[x, y] = [toX, toY]
    return step[0] === 0 && step[1] === 0 ? [] : [step.join(' ')]
  })
  return steps.length < 2 ? '' : `M${first.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`
}

/** Without points that differ little from the line between others (Douglas and Peucker, 1973). */
function simplified(ring: Ring): Ring {
  const kept = new Set([0, ring.length - 1])
  const parts: [number, number][] = [[0, ring.length - 1]]
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part
    const farthest = farthestIn(ring, from, to)
    if (!farthest || farthest.distance < least.difference) continue
    kept.add(farthest.index)
    parts.push([from, farthest.index], [farthest.index, to])
  }
  return ring.filter((_, index) => kept.has(index))
}

function farthestIn(ring: Ring, from: number, to: number): { index: number; distance: number } | undefined {
  const [start, end] = [ring[from], ring[to]]
  if (!start || !end) return undefined
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]]
  const length = Math.hypot(dx, dy)
  let found: { index: number; distance: number } | undefined
  for (let index = from + 1; index < to; index++) {
    const [x, y] = ring[index] ?? start
    const [px, py] = [x - start[0], y - start[1]]
    const distance = length < 1e-9 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length
    if (!found || distance > found.distance) found = { index, distance }
  }
  return found
}
