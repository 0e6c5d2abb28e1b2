import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Language } from '#platform/words.ts'
import type { IncidentDetails } from './find.ts'
import type { Incident } from './incident.ts'

export interface CalendarFacts {
  language: Language
  now: Date
  /** Of the portal. */
  portalUrl: URL
  /** The incident's page. */
  page: URL
}

const words = {
  works: { ja: '工事', en: 'Works' },
  fault: { ja: '故障', en: 'Fault' },
  contracts: { ja: 'ご契約番号', en: 'Contracts' },
} satisfies Record<string, Record<Language, string>>

type Told = Pick<
  Incident & IncidentDetails,
  'id' | 'kind' | 'code' | 'title' | 'startsAt' | 'endsAt' | 'withdrawnAt' | 'version'
> & { concerned: readonly { number: string }[] }

/**
 * Works as an entry of a calendar (RFC 5545). Its moments are UTC, for a zone of its own would have to be described in the file; it is
 * known again by its UID, and replaced by whichever has the higher number.
 */
export function calendarOf(incident: Told, { language, now, portalUrl, page }: CalendarFacts): string {
  const { id, kind, code, title, startsAt, endsAt, withdrawnAt, version, concerned } = incident
  const isCancelled = withdrawnAt !== null
  const calendar = ical({ prodId: { company: 'madoguchi', product: 'incidents', language: language.toUpperCase() } })
  calendar.method(isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH)
  const numbers = concerned.map(({ number }) => number)
  calendar.createEvent({
    id: `${id}@${portalUrl.hostname}`,
    sequence: version,
    stamp: now,
    start: startsAt,
    // Withdrawn works never took place: their end is what was planned, if anything was.
    ...(endsAt && endsAt > startsAt && { end: endsAt }),
    summary: `${words[kind][language]} ${title[language]}`,
    description: [
      code,
      ...(numbers.length > 0 ? [`${words.contracts[language]}: ${numbers.join(', ')}`] : []),
      page.href,
    ].join('\n'),
    url: page.href,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  })
  return calendar.toString()
}
