import { prefectures } from '#features/network-map/prefectures.ts'

/** In degrees. */
export interface Position {
  north: number
  east: number
}

/** A part of the earth between two meridians and two parallels, in degrees. */
export interface GeoWindow {
  west: number
  south: number
  east: number
  north: number
}

/** Where it is drawn, in the map's own units. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A part of a map. Islands far away have one of their own, beside the main one. */
export interface MapFrame {
  window: GeoWindow
  box: Box
  name?: { ja: string; en: string }
}

export const mapSize = { width: 650, height: 620 }
const whole: Box = { x: 0, y: 0, ...mapSize }

/** All of Japan: insets come first, for what lies in one is drawn there. */
export const frameOfJapan: readonly MapFrame[] = [
  {
    name: { ja: '沖縄・奄美', en: 'Okinawa, Amami' },
    window: { west: 122.7, east: 131.4, south: 23.9, north: 29.9 },
    box: { x: 12, y: 12, width: 220, height: 168 },
  },
  {
    name: { ja: '小笠原', en: 'Ogasawara' },
    window: { west: 140.6, east: 143.4, south: 24.1, north: 28 },
    box: { x: 520, y: 470, width: 118, height: 138 },
  },
  { window: fitted({ west: 128.3, east: 149.4, south: 30, north: 45.8 }, whole), box: whole },
]

/** Prefectures in a window of their own, with all that stands in them. */
export function frameAround(codes: readonly number[], positions: readonly Position[]): readonly [MapFrame] {
  const seats = codes.flatMap((code) => prefectures.get(code) ?? [])
  const spans = [
    ...seats.map(({ north, east, reach }) => around({ north, east }, reach)),
    ...positions.map((position) => around(position, 5)),
  ]
  const window = {
    west: Math.min(...spans.map(({ west }) => west)),
    east: Math.max(...spans.map(({ east }) => east)),
    south: Math.min(...spans.map(({ south }) => south)),
    north: Math.max(...spans.map(({ north }) => north)),
  }
  return [{ window: fitted(window, whole), box: whole }]
}

/** Degrees of latitude to a kilometre. */
const degrees = 1 / 111.2

function around({ north, east }: Position, kilometres: number): GeoWindow {
  const up = kilometres * degrees
  const aside = up / Math.cos((north * Math.PI) / 180)
  return { west: east - aside, east: east + aside, south: north - up, north: north + up }
}

/** The window widened to the shape of its box, so that both axes have one scale. */
function fitted({ west, east, south, north }: GeoWindow, { width, height }: Box): GeoWindow {
  const [low, high] = [mercator(south), mercator(north)]
  const scale = Math.max((east - west) / width, (high - low) / height)
  const [middleX, middleY] = [(west + east) / 2, (low + high) / 2]
  return {
    west: middleX - (scale * width) / 2,
    east: middleX + (scale * width) / 2,
    south: latitude(middleY - (scale * height) / 2),
    north: latitude(middleY + (scale * height) / 2),
  }
}

/** Of a latitude, as high as its parallel lies on a map whose meridians stand a degree apart. */
function mercator(north: number): number {
  return (Math.log(Math.tan(Math.PI / 4 + (north * Math.PI) / 360)) * 180) / Math.PI
}

function latitude(height: number): number {
  return (Math.atan(Math.exp((height * Math.PI) / 180)) * 360) / Math.PI - 90
}

/** Makes what tells where in the box a position lies. */
export function placerIn(
  { west, south, east, north }: GeoWindow,
  { x, y, width, height }: Box,
): (position: Position) => [number, number] {
  const [top, bottom] = [mercator(north), mercator(south)]
  return (position) => [
    x + ((position.east - west) / (east - west)) * width,
    y + ((top - mercator(position.north)) / (top - bottom)) * height,
  ]
}

export function isWithin({ north, east }: Position, window: GeoWindow): boolean {
  return east >= window.west && east <= window.east && north >= window.south && north <= window.north
}
