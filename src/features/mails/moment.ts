import { zoneLabel } from '#platform/time-format.ts'
import type { Language } from '#platform/words.ts'

/** A time limit as mails say it, to the second and with its zone: 「2018/02/23 10:48:36 日本標準時（UTC+9）」. */
export function momentInMail(at: Date, zone: string, language: Language): string {
  const clock = new Intl.DateTimeFormat('ja-JP', { timeZone: zone, dateStyle: 'medium', timeStyle: 'medium' }).format(
    at,
  )
  return `${clock} ${zoneLabel(zone, language, at)}`
}
