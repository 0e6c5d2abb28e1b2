import { days, hours, minutes, seconds } from './duration.ts'

/** A moment's offset from UTC in a zone, in milliseconds; east of Greenwich it is positive. */
export function offsetAt(at: number, zone: string): number {
  const told = formatter(zone).formatToParts(at)
  return offsetIn(told.find(({ type }) => type === 'timeZoneName')?.value ?? '')
}

/** Of what Intl calls a `longOffset`: `GMT+09:00`, or `GMT` alone. */
export function offsetIn(told: string): number {
  const [, sign = '+', hour = '0', minute = '0', second = '0'] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(told) ?? []
  const size = Number(hour) * hours + Number(minute) * minutes + Number(second) * seconds
  return sign === '-' ? -size : size
}

/** `UTC+9`, `UTC+5:30`, `UTC+0`. */
export function wordOffset(offset: number): string {
  const whole = Math.round(Math.abs(offset) / minutes)
  const rest = whole % 60
  return `UTC${offset < 0 ? '-' : '+'}${Math.floor(whole / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}

/** `+09:00`, as after a time by ISO 8601; where clocks were put by parts of a minute, to the minute. */
export function isoOffset(offset: number): string {
  const whole = Math.round(Math.abs(offset) / minutes)
  const padded = (part: number): string => String(part).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${padded(Math.floor(whole / 60))}:${padded(whole % 60)}`
}

/** Whether the wall clock of the zone says the same at another moment: in the hour for which clocks are put back. */
export function comesTwice(at: Date, zone: string): boolean {
  const moment = at.getTime()
  if (!mayChange(moment, zone)) return false
  const offset = offsetAt(moment, zone)
  return [offsetAt(moment - near, zone), offsetAt(moment + near, zone)].some(
    (other) => other !== offset && offsetAt(moment + offset - other, zone) === other,
  )
}

/** Clocks are put by no more than this. */
const near = 3 * hours

/** Whether clocks are put on that day or beside it: on most days they are not, and that is known by then. */
function mayChange(moment: number, zone: string): boolean {
  const day = Math.floor(moment / days)
  const key = `${zone} ${day}`
  const known = changing.get(key)
  if (known !== undefined) return known
  if (changing.size >= mostKept) changing.clear()
  const found = offsetAt(day * days - near, zone) !== offsetAt((day + 1) * days + near, zone)
  changing.set(key, found)
  return found
}

const mostKept = 2000
const changing = new Map<string, boolean>()

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  const kept = formatters.get(zone)
  if (kept) return kept
  if (formatters.size >= mostZones) formatters.clear()
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  formatters.set(zone, made)
  return made
}

/** Of the zones of readers; making a formatter takes longer than rendering a page, and each keeps some 50 KB. */
const mostZones = 50
