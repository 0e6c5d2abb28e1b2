import { sql } from 'kysely'
import type { ToldText } from '#features/incidents/entry.ts'
import type { CustomerContext } from '#features/operator-context.ts'
import type { OrderEntry } from '../entry.ts'
import type { OrderState } from '../order.ts'

/** An order as it is, as far as an entry may leave it so. */
interface KnownOrder {
  code: string
  state: OrderState
  deliveryOn: string | null
  updatedAt: Date
  opening: ToldText | null
  /** When staff changed it last in the console. */
  workedOnAt: Date | null
}

/** Those of these orders that are there, by code. */
export async function findWorkedOn(
  { tx, customer }: CustomerContext,
  codes: readonly string[],
): Promise<ReadonlyMap<string, KnownOrder>> {
  const { rows } = await sql<KnownOrder>`
    select code, state, delivery_on as "deliveryOn", updated_at as "updatedAt", worked_on_at as "workedOnAt",
      case when opening_ja is not null then json_strip_nulls(json_build_object('ja', opening_ja, 'en', opening_en)) end as opening
    from contract_order where customer_id = ${customer.id} and code = any(${[...codes]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}

/** What an entry makes of an order: nothing of what staff have changed since. */
export function keepWorkedOn(entry: OrderEntry, known: KnownOrder | undefined): OrderEntry {
  const opening = entry.opening ?? known?.opening ?? undefined
  if (!known?.workedOnAt || new Date(entry.updatedAt) >= known.workedOnAt) return { ...entry, opening }
  const { state, deliveryOn, updatedAt } = known
  return {
    ...entry,
    state,
    deliveryOn: deliveryOn ?? undefined,
    updatedAt: updatedAt.toISOString(),
    opening: known.opening ?? undefined,
    steps: undefined,
  }
}
