/** Degrees north and east, WGS 84. */
export interface Position {
  north: number
  east: number
}

/** Japan, its farthest islands included. */
const japan = { south: 20, north: 46.5, west: 122, east: 155 }

/**
 * The position that a text names: two numbers in either order, for no latitude of Japan is a longitude of it; with marks as in
 * 「北緯35.68度 東経139.76度」 and `35°41'22"N 139°41'30"E`, or within the address of a map as browsers show it. Undefined: none, or none in Japan.
 */
export function positionIn(text: string): Position | undefined {
  const given = text.normalize('NFKC')
  const isAddress = /^\s*https?:\/\//i.test(given)
  return isAddress ? positionInAddress(given) : pairOf(anglesIn(given))
}

/** `@35.68,139.76,17z` and `!3d35.68!4d139.76`, `#map=17/35.68/139.76`, `#15/35.68/139.76`, and any parameter with two numbers. */
const inAddress = [
  /!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)/,
  /[#&](?:map=)?\d+(?:\.\d+)?\/(-?\d+\.\d+)\/(-?\d+\.\d+)/,
  /[=/@:](-?\d+\.\d+)(?:,|%2C)\s*(?:\+|%20)?(-?\d+\.\d+)/i,
  /[?&](?:lat|latitude|y)=(-?\d+\.\d+).*[?&](?:lon|lng|longitude|x)=(-?\d+\.\d+)/i,
  /[?&](?:lon|lng|longitude|x)=(-?\d+\.\d+).*[?&](?:lat|latitude|y)=(-?\d+\.\d+)/i,
]

function positionInAddress(address: string): Position | undefined {
  for (const pattern of inAddress) {
    const [, one, other] = pattern.exec(address) ?? []
    const found = one !== undefined && other !== undefined ? pairOf([Number(one), Number(other)]) : undefined
    if (found) return found
  }
  return undefined
}

/** Decimal degrees, or degrees, minutes and seconds. */
const angle = /(\d+(?:\.\d+)?)\s*(?:[°度]\s*(?:(\d+(?:\.\d+)?)\s*['’′分]\s*(?:(\d+(?:\.\d+)?)\s*["”″秒])?)?)?/g

/** Undefined where anything else stands there that could change what it means. */
function anglesIn(text: string): number[] {
  const rest = text
    .replaceAll(angle, '')
    .replaceAll(/北緯|東経|緯度|経度|lat(?:itude)?|lon(?:gitude)?|lng|[NE,、;:()\s]/gi, '')
  if (rest !== '') return []
  return [...text.matchAll(angle)].map(([, degrees = '', minutes = '0', seconds = '0']) => {
    const parts = [Number(degrees), Number(minutes), Number(seconds)] as const
    return parts[1] < 60 && parts[2] < 60 ? parts[0] + parts[1] / 60 + parts[2] / 3600 : Number.NaN
  })
}

function pairOf(numbers: readonly number[]): Position | undefined {
  const [one, other] = numbers
  if (numbers.length !== 2 || one === undefined || other === undefined) return undefined
  const [north, east] = one < other ? [one, other] : [other, one]
  const isInJapan = north >= japan.south && north <= japan.north && east >= japan.west && east <= japan.east
  return isInJapan ? { north: rounded(north), east: rounded(east) } : undefined
}

/** To a metre, as it is kept. */
function rounded(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}

/** As it is typed. */
export function positionText({ north, east }: Position): string {
  return `${north.toFixed(5)}, ${east.toFixed(5)}`
}
