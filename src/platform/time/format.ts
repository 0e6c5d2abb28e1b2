import { minutes } from './duration.ts'
import { comesTwice, isoOffset, offsetAt, wordOffset } from './offset.ts'
import type { Language } from '../words.ts'

export type TimeStyle = 'date-time' | 'date' | 'clock'

export interface TimeFacts {
  /** IANA name: `Asia/Tokyo`. */
  zone: string
  language: Language
  /** Decides which year goes without saying. */
  now: Date
}

/**
 * 「11月22日（日） 14:02」, "Sun 22 Nov, 14:02"; to the minute, and the year only when it is not this one. A time of the hour for which
 * clocks are put back, which comes twice, is told with its offset: 「10月25日（日） 02:30（UTC+1）」.
 */
export function formatTime(at: Date, style: TimeStyle, { zone, language, now }: TimeFacts): string {
  const parts = partsOf(at, zone, language)
  const clock = `${parts.hour}:${parts.minute}${style === 'date' ? '' : whichOfTwo(at, zone, language)}`
  if (style === 'clock') return clock
  const year = parts.year === partsOf(now, zone, language).year ? '' : parts.year
  const date = language === 'ja' ? japaneseDate(parts, year) : englishDate(parts, year)
  if (style === 'date') return date
  return language === 'ja' ? `${date} ${clock}` : `${date}, ${clock}`
}

function whichOfTwo(at: Date, zone: string, language: Language): string {
  if (!comesTwice(at, zone)) return ''
  const offset = wordOffset(offsetAt(at.getTime(), zone))
  return language === 'ja' ? `（${offset}）` : ` (${offset})`
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

/** 2026-11-22 14:02:33+09:00: with its offset, for in a file read alone nothing else says which of a zone's it is. */
export function offsetClock(zone: string): (at: Date) => string {
  const wall = wallClock(zone)
  let known = { quarter: NaN, offset: '' }
  return (at) => {
    // Rows come in the order of time, and offsets change at the quarter of an hour.
    const quarter = Math.floor(at.getTime() / (15 * minutes))
    if (known.quarter !== quarter) known = { quarter, offset: isoOffset(offsetAt(at.getTime(), zone)) }
    return `${wall(at)}${known.offset}`
  }
}

/** What a clock on the wall of the zone says: 2026-11-22 14:02:33. */
export function wallClock(zone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => format.format(at)
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
