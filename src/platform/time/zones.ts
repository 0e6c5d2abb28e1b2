import { hours } from './duration.ts'
import { offsetIn, wordOffset } from './offset.ts'
import type { Language } from '../words.ts'

/** Intl lists the names of 1993; these are today's (tzdata `backward`), which PostgreSQL knows as well. */
const todaysNames: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** Every zone by its name of today; Intl does not list UTC. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')].map(
  (zone) => todaysNames[zone] ?? zone,
)

const listed: ReadonlyMap<string, string> = new Map([
  ...Object.entries(todaysNames).map(([former, zone]) => [former.toLowerCase(), zone] as const),
  ...timeZones.map((zone) => [zone.toLowerCase(), zone] as const),
])

/** Only names that every system means alike: PostgreSQL reads `+09:00` with the opposite sign. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/** The name of a zone as it is written in the list today, whatever its case was; undefined when there is no such zone. */
export function timeZoneNamed(name: string): string | undefined {
  return listed.get(name.toLowerCase()) ?? (isTimeZone(name) ? name : undefined)
}

export interface ZoneChoice {
  value: string
  label: string
  /** Where it stands: 「UTC+9 日本標準時」, `UTC+5:30`. */
  group: string
}

interface Chooser {
  /** The zones that come before all others, such as the customer's. One that is not listed is among them. */
  first: readonly string[]
  language: Language
  now: Date
}

/**
 * Zones to choose from: those that are near at hand, each with its name in the reader's language; then all by their offsets of now.
 * The names of four hundred would weigh as much as the rest of a page.
 */
export function zoneChoices({ first, language, now }: Chooser): ZoneChoice[] {
  const near = [...new Set(first)]
  const nearest = near.map((zone) => ({ value: zone, label: zone, group: labelOf(zone, language, now) }))
  const offsets = offsetsOf(now)
  const others = [...offsets].filter(([zone]) => isOffered(zone) && !near.includes(zone))
  const sorted = others.toSorted(
    ([zone, offset], [other, otherOffset]) => offset - otherOffset || (zone < other ? -1 : 1),
  )
  return [...nearest, ...sorted.map(([zone, offset]) => ({ value: zone, label: zone, group: wordOffset(offset) }))]
}

const chiefOfRegion = ['America/Argentina/Buenos_Aires', 'America/Indiana/Indianapolis', 'America/Kentucky/Louisville']

/** Links of tzdata to America/Puerto_Rico: islands that have had its time since 1970. */
const likePuertoRico = new Set(
  'Anguilla Antigua Aruba Blanc-Sablon Curacao Dominica Grenada Guadeloupe Kralendijk Lower_Princes Marigot Montserrat Port_of_Spain St_Barthelemy St_Kitts St_Lucia St_Thomas St_Vincent Tortola'
    .split(' ')
    .map((island) => `America/${island}`),
)

/**
 * Left out are research stations, and places within a region whose clocks once differed: each has its time elsewhere in the list, and
 * is taken where it is brought by a file.
 */
function isOffered(zone: string): boolean {
  if (zone.startsWith('Antarctica/') || likePuertoRico.has(zone)) return false
  return zone.split('/').length < 3 || chiefOfRegion.includes(zone)
}

function labelOf(zone: string, language: Language, now: Date): string {
  const name = nameOf(zone, language, now)
  const offset = wordOffset(offsetOf(zone, now.getTime()))
  // A zone without a name of its own is told by its offset.
  return /^(GMT|UTC)/.test(name) ? offset : `${offset} ${name}`
}

/** What a zone is called all through the year of `now`: 「中央ヨーロッパ時間」, "Central European Time". */
export function nameOf(zone: string, language: Language, now: Date): string {
  return partOf(zone, { locale: language === 'ja' ? 'ja-JP' : 'en-GB', name: 'longGeneric', at: now.getTime() })
}

function offsetOf(zone: string, at: number): number {
  return offsetIn(partOf(zone, { locale: 'en', name: 'longOffset', at }))
}

// To ask four hundred zones takes some 50 ms: they are asked once an hour.
let kept: { hour: number; offsets: ReadonlyMap<string, number> } | undefined

function offsetsOf(now: Date): ReadonlyMap<string, number> {
  const hour = Math.floor(now.getTime() / hours)
  if (kept?.hour === hour) return kept.offsets
  const offsets = new Map(timeZones.map((zone) => [zone, offsetOf(zone, now.getTime())]))
  kept = { hour, offsets }
  return offsets
}

function partOf(
  zone: string,
  { locale, name, at }: { locale: string; name: 'longGeneric' | 'longOffset'; at: number },
): string {
  // Four hundred formatters kept would be 20 MB.
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: name })
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone
}
