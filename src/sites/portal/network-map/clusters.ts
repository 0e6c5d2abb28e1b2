import type { SiteMark } from '#features/network-map/list.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import { isWithin, type MapFrame, placerIn } from './map-frames.ts'

/** Sites that stand so near each other on the map that they are one mark. The worst comes first. */
export interface Cluster {
  x: number
  y: number
  marks: readonly [SiteMark, ...SiteMark[]]
}

/** In the map's units: two marks, and a finger between them. */
const nearest = 34

/** Puts marks into the first frame that holds them, and together what would lie on each other. */
export function clustersOf(marks: readonly SiteMark[], frames: readonly MapFrame[]): Cluster[] {
  const placed = marks.flatMap((mark): Cluster[] => {
    const frame = frames.find(({ window }) => isWithin(mark.position, window))
    if (!frame) return []
    const [x, y] = placerIn(frame.window, frame.box)(mark.position)
    return [{ x, y, marks: [mark] }]
  })
  // Those at one spot first, such as at the seat of a prefecture: then there are few.
  const bySpot = [...Map.groupBy(placed, ({ x, y }) => `${Math.round(x)} ${Math.round(y)}`).values()]
  return joined(bySpot.flatMap(together)).toSorted((one, other) => rankOf(one) - rankOf(other) || one.y - other.y)
}

/** Until no two are near: what was put together has its place between them. */
function joined(clusters: readonly Cluster[]): Cluster[] {
  const apart: Cluster[] = []
  for (const cluster of clusters) {
    const near = apart.findIndex(({ x, y }) => Math.hypot(x - cluster.x, y - cluster.y) < nearest)
    const [met] = near < 0 ? [] : apart.splice(near, 1)
    apart.push(...(met ? together([met, cluster]) : [cluster]))
  }
  return apart.length === clusters.length ? apart : joined(apart)
}

function together(clusters: readonly Cluster[]): Cluster[] {
  const marks = clusters.flatMap((cluster) => cluster.marks)
  const [first, ...rest] = marks.toSorted((one, other) => statusRank(one) - statusRank(other))
  if (!first) return []
  const mean = (of: (cluster: Cluster) => number): number =>
    clusters.reduce((sum, cluster) => sum + of(cluster) * cluster.marks.length, 0) / marks.length
  return [{ x: mean(({ x }) => x), y: mean(({ y }) => y), marks: [first, ...rest] }]
}

const statusRank = ({ status }: SiteMark): number => contractStatuses.indexOf(status)
const rankOf = ({ marks: [worst] }: Cluster): number => statusRank(worst)

/** Where a name stands beside its mark. */
export interface LabelPlace {
  x: number
  y: number
  anchor: 'start' | 'middle' | 'end'
}

interface Rectangle {
  left: number
  right: number
  top: number
  bottom: number
}

/** The height of a line, and how wide a character is at most: those of Japanese are square. */
const type = { height: 20, width: 16 }
const markSize = 16

/** Finds room for the names, in the order of the clusters; a name that has none is left out. */
export function labelPlaces(
  clusters: readonly Cluster[],
  names: readonly string[],
  { width, height }: { width: number; height: number },
): (LabelPlace | undefined)[] {
  const taken: Rectangle[] = clusters.map(({ x, y }) => around(x, y, markSize))
  return clusters.map(({ x, y }, index) => {
    const length = widthOf(names[index] ?? '')
    const choices: LabelPlace[] = [
      { x: x + 20, y: y + 6, anchor: 'start' },
      { x: x - 20, y: y + 6, anchor: 'end' },
      { x, y: y + 36, anchor: 'middle' },
      { x, y: y - 22, anchor: 'middle' },
    ]
    const free = choices.find((place) => {
      const room = roomOf(place, length)
      const isOnMap = room.left >= 0 && room.right <= width && room.top >= 0 && room.bottom <= height
      return isOnMap && !taken.some((other) => overlap(room, other))
    })
    if (free) taken.push(roomOf(free, length))
    return free
  })
}

function widthOf(text: string): number {
  // Letters of ASCII are about half as wide.
  return Array.from(text).reduce((sum, character) => sum + (character < '\u0100' ? 0.6 : 1) * type.width, 0)
}

function roomOf({ x, y, anchor }: LabelPlace, length: number): Rectangle {
  const left = { start: x, middle: x - length / 2, end: x - length }[anchor]
  return { left, right: left + length, top: y - type.height + 4, bottom: y + 4 }
}

function around(x: number, y: number, reach: number): Rectangle {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}
