import type { ImportContent } from '#features/operator-data/import-format.ts'
import { after, days } from '#platform/time/duration.ts'

type Customer = NonNullable<ImportContent['customers']>[number]

/** Moves the counts of blocked traffic so that the newest are of yesterday: the page shows the last month alone. */
export function withRecentTraffic(content: ImportContent, now: Date): ImportContent {
  const { customers } = content
  return customers ? { ...content, customers: customers.map((customer) => moved(customer, now)) } : content
}

function moved(customer: Customer, now: Date): Customer {
  const { blockedTraffic } = customer
  const newest = blockedTraffic
    ?.map(({ day }) => day)
    .toSorted()
    .at(-1)
  if (!blockedTraffic || newest === undefined) return customer
  const distance = Date.parse(dayOf(after(now, -1 * days))) - Date.parse(newest)
  return {
    ...customer,
    blockedTraffic: blockedTraffic.map((entry) => ({ ...entry, day: dayOf(after(new Date(entry.day), distance)) })),
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
