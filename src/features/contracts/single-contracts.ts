import { sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import { readersKept } from '#features/sessions/readers-kept.ts'
import type { Context } from '#features/actor.ts'
import type { RowKey } from '#platform/list/paging.ts'

/**
 * The contracts that a user sees by rules of their own alone, the worst first: kept, for there may be thousands, and to find those
 * of one page among all contracts of the customer costs more than the page. In few bytes each.
 */
interface SingleContracts {
  /** By their places among all that have a rule of their own. */
  places: Uint32Array
  /** One in a line. */
  numbers: Buffer
  /** Where each number begins, and the last ends. */
  starts: Uint32Array
  urgencies: Uint8Array
  /** By their places in `services`. */
  serviceAt: Uint16Array
  services: readonly string[]
}

interface SinglesAsked {
  urgency: number | undefined
  serviceId: string | undefined
  /** Those behind it in the order in which they are asked for. */
  edge: RowKey | undefined
  descending: boolean
  limit: number
}

/** The ids of the next ones; undefined where so few are not worth it. */
export async function nextSingles(ctx: Context, asked: SinglesAsked): Promise<string[] | undefined> {
  const { all, contracts } = ctx.actor.scope
  if (all !== null || contracts.size < 100) return undefined
  const singles = await readersKept.once(ctx.actor, 'single contracts', async () => {
    const made = await readSingles(ctx)
    return { made, weight: made.numbers.length + 11 * made.urgencies.length }
  })
  const { urgency, serviceId, descending, limit } = asked
  const service = serviceId === undefined ? undefined : singles.services.indexOf(serviceId)
  const ids: string[] = []
  const step = descending ? -1 : 1
  for (let at = startOf(singles, asked); at >= 0 && at < singles.urgencies.length && ids.length < limit; at += step) {
    if (urgency !== undefined && singles.urgencies[at] !== urgency) continue
    if (service !== undefined && singles.serviceAt[at] !== service) continue
    ids.push(contracts.idAt(singles.places[at] ?? 0))
  }
  return ids
}

/** The place of the first one behind the edge. */
function startOf(singles: SingleContracts, { edge, descending }: SinglesAsked): number {
  const { length } = singles.urgencies
  if (!edge) return descending ? length - 1 : 0
  const [urgency = '', number = ''] = edge
  const sought = { urgency: Number(urgency), number: Buffer.from(number) }
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = orderOf(singles, middle, sought)
    if (order < 0 || (order === 0 && !descending)) low = middle + 1
    else high = middle
  }
  return descending ? low - 1 : low
}

/** As PostgreSQL orders text: by the bytes of UTF-8. */
function orderOf(
  { urgencies, numbers, starts }: SingleContracts,
  at: number,
  sought: { urgency: number; number: Buffer },
): number {
  const byUrgency = (urgencies[at] ?? 0) - sought.urgency
  return byUrgency || numbers.compare(sought.number, 0, sought.number.length, starts[at], (starts[at + 1] ?? 0) - 1)
}

async function readSingles({ tx, actor }: Context): Promise<SingleContracts> {
  const { ruled, isSingle } = seenBy(actor.scope)
  const { rows } = await sql<{ id: string; urgency: number; number: string; service: string }>`
    with ${ruled} select k.id, k.urgency, k.number, k.service_id as service from contract k
    where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${isSingle({ id: 'k.id', service: 'k.service_id' })}
    order by k.urgency, k.number`.execute(tx)
  const lengths = rows.map(({ number }) => Buffer.byteLength(number) + 1)
  const services = [...new Set(rows.map(({ service }) => service))]
  let end = 0
  return {
    places: Uint32Array.from(rows, ({ id }) => actor.scope.contracts.placeOf(id)),
    numbers: Buffer.from(rows.map(({ number }) => `${number}\n`).join('')),
    starts: Uint32Array.from([0, ...lengths], (length) => (end += length)),
    urgencies: Uint8Array.from(rows, ({ urgency }) => urgency),
    serviceAt: Uint16Array.from(rows, ({ service }) => services.indexOf(service)),
    services,
  }
}
