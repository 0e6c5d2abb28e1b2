import type { ImportContent } from '#features/operator-data/import-format.ts'
import { after, days, minutes } from '#platform/time/duration.ts'

type Customer = NonNullable<ImportContent['customers']>[number]
type Incident = NonNullable<Customer['incidents']>[number]
type Outage = NonNullable<ImportContent['outages']>[number]

/** How long ago the newest word of a fault that goes on was said. */
const sinceWord = 20 * minutes

/** Moves what goes on, so that it was told of a short while ago, and what was planned, so that it begins tomorrow; what is over stays. */
export function withRecentIncidents(content: ImportContent, now: Date): ImportContent {
  const ofCustomer = (customer: Customer): Customer =>
    customer.incidents ? { ...customer, incidents: movedAll(customer.incidents, now) } : customer
  const { customers, outages } = content
  return {
    ...content,
    ...(customers && { customers: customers.map(ofCustomer) }),
    ...(outages && { outages: movedAll(outages, now) }),
  }
}

function movedAll<Each extends Incident | Outage>(all: readonly Each[], now: Date): Each[] {
  return all.map((each) => movedBy(each, distanceOf(each, now)))
}

function distanceOf({ kind, startsAt, endsAt, updatedAt }: Incident | Outage, now: Date): number {
  if (kind === 'fault') return endsAt === undefined ? after(now, -sinceWord).getTime() - Date.parse(updatedAt) : 0
  if (Date.parse(updatedAt) > Date.parse(startsAt)) return 0
  // Whole days, so that the time of day stays.
  const tomorrow = Math.floor((after(now, days).getTime() - Date.parse(startsAt)) / days)
  return (tomorrow + 1) * days
}

function movedBy<Each extends Incident | Outage>(incident: Each, distance: number): Each {
  if (distance === 0) return incident
  const moved = (moment: string): string => after(new Date(moment), distance).toISOString()
  const perhaps = (moment: string | undefined): string | undefined => moment && moved(moment)
  return {
    ...incident,
    startsAt: moved(incident.startsAt),
    endsAt: perhaps(incident.endsAt),
    updatedAt: moved(incident.updatedAt),
    expectedEndAt: perhaps(incident.expectedEndAt),
    updates: incident.updates?.map((update) => ({
      ...update,
      at: moved(update.at),
      nextUpdateAt: perhaps(update.nextUpdateAt),
    })),
  }
}
