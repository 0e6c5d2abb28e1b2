import { minutes } from './duration.ts'
import type { Language } from '../words.ts'

export type TimeStyle = 'date-time' | 'date' | 'clock'

export interface TimeFacts {
  /** IANA name: `Asia/Tokyo`. */
  zone: string
  language: Language
  /** Decides which year goes without saying. */
  now: Date
}

/** 「11月22日（日） 14:02」, "Sun 22 Nov, 14:02"; to the minute, and the year only when it is not this one. */
export function formatTime(at: Date, style: TimeStyle, { zone, language, now }: TimeFacts): string {
  const parts = partsOf(at, zone, language)
  const clock = `${parts.hour}:${parts.minute}`
  if (style === 'clock') return clock
  const year = parts.year === partsOf(now, zone, language).year ? '' : parts.year
  const date = language === 'ja' ? japaneseDate(parts, year) : englishDate(parts, year)
  if (style === 'date') return date
  return language === 'ja' ? `${date} ${clock}` : `${date}, ${clock}`
}

/** 「日本標準時（UTC+9）」, "Japan Standard Time (UTC+9)": a zone's offset depends on the day. */
export function zoneLabel(zone: string, language: Language, at: Date): string {
  // Offsets change at the quarter of an hour; every page names one.
  const key = `${zone} ${language} ${Math.floor(at.getTime() / (15 * minutes))}`
  const kept = zoneLabels.get(key)
  if (kept) return kept
  if (zoneLabels.size >= mostZoneLabels) zoneLabels.clear()
  const label = makeZoneLabel(zone, language, at)
  zoneLabels.set(key, label)
  return label
}

const mostZoneLabels = 1000
const zoneLabels = new Map<string, string>()

function makeZoneLabel(zone: string, language: Language, at: Date): string {
  const offset = `UTC${zoneName(formatter(zone, language, 'shortOffset'), at).replace(/^(GMT|UTC)/, '') || '+0'}`
  const known = zoneName(formatter(zone, language, 'long'), at)
  // A zone without a name of its own is told by its offset; its city says more.
  const name = /^(GMT|UTC)[+-]/.test(known) ? zone : known
  return language === 'ja' ? `${name}（${offset}）` : `${name} (${offset})`
}

/** As spreadsheets read it: 2026-11-22 14:02:33. */
export function spreadsheetClock(zone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => format.format(at)
}

/** Only names that every system means alike: PostgreSQL reads `+09:00` with the opposite sign. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/** The name of a zone as it is written in the list, whatever its case was; undefined when there is no such zone. */
export function timeZoneNamed(name: string): string | undefined {
  return listedZones.get(name.toLowerCase()) ?? (isTimeZone(name) ? name : undefined)
}

const listedZones: ReadonlyMap<string, string> = new Map(
  ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => [zone.toLowerCase(), zone]),
)

/** Zones to choose from, that of the reader among them: Intl lists neither UTC nor the newer names such as Asia/Kolkata. */
export function timeZonesWith(own: string): string[] {
  return [...new Set([own, ...listedZones.values()])].toSorted()
}

interface Parts {
  year: string
  month: string
  day: string
  weekday: string
  hour: string
  minute: string
}

// Making a formatter takes longer than rendering a page; there are few zones, and each is kept.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string, language: Language, name?: 'long' | 'shortOffset'): Intl.DateTimeFormat {
  const key = `${zone} ${language} ${name}`
  const kept = formatters.get(key)
  if (kept) return kept
  const made = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: zone,
    ...(name ? { timeZoneName: name } : partStyles),
  })
  formatters.set(key, made)
  return made
}

const partStyles = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

function partsOf(at: Date, zone: string, language: Language): Parts {
  const parts: Parts = { year: '', month: '', day: '', weekday: '', hour: '', minute: '' }
  for (const { type, value } of formatter(zone, language).formatToParts(at)) {
    if (isPart(type, parts)) parts[type] = value
  }
  return parts
}

function isPart(type: string, parts: Parts): type is keyof Parts {
  return type in parts
}

function japaneseDate({ month, day, weekday }: Parts, year: string): string {
  return `${year && `${year}年`}${month.replace(/月$/, '')}月${day}日（${weekday}）`
}

function englishDate({ month, day, weekday }: Parts, year: string): string {
  return `${weekday} ${day} ${month}${year && ` ${year}`}`
}

function zoneName(format: Intl.DateTimeFormat, at: Date): string {
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
