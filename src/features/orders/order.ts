import { type RawBuilder, sql } from 'kysely'
import { type Subject, subjectColumns, subjectJoins, subjectRow } from '#features/subjects/subject.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Actor } from '#features/actor.ts'
import { at, type Fact, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** In the order of progress. What is completed or cancelled is over. */
export const orderStates = ['received', 'surveying', 'constructing', 'ready', 'completed', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

/** What an order goes through, unless it is cancelled. */
export const orderSteps = [
  'received',
  'surveying',
  'constructing',
  'ready',
  'completed',
] as const satisfies OrderState[]
export type OrderStepState = (typeof orderSteps)[number]

/** What the customer has ordered: for a contract, or a new one of a service. */
export interface Order {
  id: string
  code: string
  title: Phrase
  state: OrderState
  subject: Subject
  /** Days, such as `2026-12-10`. */
  orderedOn: string
  deliveryOn: string | null
  updatedAt: Date
}

/** Of a row `r` of `seen`. */
export const orderFacts: { [Name in keyof Order]: Fact<Order[Name]> } = {
  id: value('r.id'),
  code: value('r.code'),
  title: phrase('r.title'),
  state: value('r.state'),
  subject: subjectRow,
  orderedOn: value('r.ordered_on'),
  deliveryOn: value('r.delivery_on'),
  updatedAt: at('r.updated_at'),
}

export const orderRow: JsonRow<Order> = jsonRow(orderFacts)

/** For a statement's `with`: the orders that the user may see, as `seen`. */
export function seenOrders({ customer, scope }: Actor): RawBuilder<unknown> {
  const { ruled, isSeen } = seenBy(scope)
  return sql`${ruled}, seen as (
    select r.id, r.code, r.title_ja, r.title_en, r.state, r.ordered_on, r.delivery_on, r.updated_at, r.contract_id,
      ${subjectColumns}
    from contract_order r ${subjectJoins}
    where r.customer_id = ${customer.id} and ${isSeen({ id: 'k.id', service: 's.id' })})`
}
