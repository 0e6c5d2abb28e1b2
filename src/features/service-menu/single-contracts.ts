import { type RawBuilder, sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import { readersKept } from '#features/sessions/readers-kept.ts'
import { type ContractStatus, contractStatuses } from '#features/subjects/contract-status.ts'
import type { Context } from '#features/actor.ts'
import { only } from '#platform/database/json-row.ts'
import type { RowKey } from '#platform/list/paging.ts'

/**
 * The contracts that a user sees by rules of their own alone, the worst first: kept, for there may be thousands, and to find those
 * of one page among all contracts of the customer costs more than the page. In few bytes each.
 */
export interface SingleContracts {
  /** By their places among all that have a rule of their own. */
  places: Uint32Array
  /** One in a line. */
  numbers: Buffer
  /** Where each number begins, and the last ends. */
  starts: Uint32Array
  /** By their places in `contractStatuses`. */
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

/** Nothing but contracts with a rule of their own is read; undefined where there is none. */
export async function findSingles({ tx, actor }: Pick<Context, 'tx' | 'actor'>): Promise<SingleContracts | undefined> {
  const { all, contracts } = actor.scope
  if (all !== null || contracts.size === 0) return undefined
  return readersKept.once(actor, 'single contracts', async () => {
    const made = await readSingles({ tx, actor })
    return { made, weight: made.numbers.length + 11 * made.urgencies.length }
  })
}

/** How many there are of a service in a status, where there are any. */
export function* countSingles({
  urgencies,
  serviceAt,
  services,
}: SingleContracts): Generator<{ service: string; status: ContractStatus; contracts: number }> {
  const counts = new Uint32Array(services.length * contractStatuses.length)
  for (const [at, urgency] of urgencies.entries()) {
    const place = (serviceAt[at] ?? 0) * contractStatuses.length + urgency
    counts[place] = (counts[place] ?? 0) + 1
  }
  for (const [at, service] of services.entries())
    for (const [urgency, status] of contractStatuses.entries()) {
      const contracts = counts[at * contractStatuses.length + urgency] ?? 0
      if (contracts > 0) yield { service, status, contracts }
    }
}

/** The ids of the next ones; undefined where so few are not worth it. */
export async function nextSingles(ctx: Context, asked: SinglesAsked): Promise<string[] | undefined> {
  const { contracts } = ctx.actor.scope
  const singles = contracts.size < 100 ? undefined : await findSingles(ctx)
  if (!singles) return undefined
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

/** Told in a few long texts: thousands of rows cost more to take apart than to find. */
async function readSingles({ tx, actor }: Pick<Context, 'tx' | 'actor'>): Promise<SingleContracts> {
  const { ruled, isSingle } = seenBy(actor.scope)
  const told = (column: string): RawBuilder<string | null> =>
    sql`string_agg(${sql.ref(column)}::text, ${separator} order by k.urgency, k.number)`
  const { rows } = await sql<Record<'ids' | 'numbers' | 'urgencies' | 'services', string | null>>`
    with ${ruled} select ${told('k.id')} as ids, ${told('k.number')} as numbers, ${told('k.urgency')} as urgencies, ${told('k.service_id')} as services
    from contract k
    where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${isSingle({ id: 'k.id', service: 'k.service_id' })}`.execute(
    tx,
  )
  const { ids, numbers, urgencies, services } = only(rows)
  const each = (text: string | null): string[] => (text === null ? [] : text.split(separator))
  const placeOf = new Map(actor.scope.contracts.ids.split(',').map((id, place) => [id, place]))
  const serviceOf = each(services)
  const serviceIds = [...new Set(serviceOf)]
  let end = 0
  return {
    places: Uint32Array.from(each(ids), (id) => placeOf.get(id) ?? 0),
    numbers: Buffer.from(`${numbers ?? ''}${separator}`),
    starts: Uint32Array.from(
      [0, ...each(numbers).map((number) => Buffer.byteLength(number) + 1)],
      (length) => (end += length),
    ),
    urgencies: Uint8Array.from(each(urgencies), Number),
    serviceAt: Uint16Array.from(serviceOf, (id) => serviceIds.indexOf(id)),
    services: serviceIds,
  }
}

/** No number holds one. */
const separator = '\n'
