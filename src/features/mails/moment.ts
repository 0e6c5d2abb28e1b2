import { zoneLabel } from '#platform/time/format.ts'
import type { Language } from '#platform/words.ts'

/** A time limit as mails say it, to the second and with its zone: 「2018/02/23 10:48:36 日本標準時（UTC+9）」. */
export function momentInMail(at: Date, zone: string, language: Language): string {
  const clock = new Intl.DateTimeFormat('ja-JP', { timeZone: zone, ...toTheSecond }).format(at)
  return `${clock} ${zoneLabel(zone, language, at)}`
}

const toTheSecond = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const
