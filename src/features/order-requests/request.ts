import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import type { OrderKind } from '#features/order-forms/form.ts'
import { seenBy } from '#features/rights/seen.ts'
import { type Subject, subjectColumns, subjectJoins, subjectRow } from '#features/subjects/subject.ts'
import { at, type Fact, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** What waits comes first. */
export const requestStates = ['awaiting-approval', 'sent', 'returned', 'accepted', 'rejected', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]

/** 申請: what somebody of the customer's has asked for by an order form. */
export interface OrderRequest {
  id: string
  code: string
  /** The name of its form. */
  title: Phrase
  kind: OrderKind
  state: RequestState
  subject: Subject
  askedBy: string
  askedAt: Date
  updatedAt: Date
}

/** Of a row `r` of `seen`. */
export const requestFacts: { [Name in keyof OrderRequest]: Fact<OrderRequest[Name]> } = {
  id: value('r.id'),
  code: value('r.code'),
  title: phrase('r.title'),
  kind: value('r.kind'),
  state: value('r.state'),
  subject: subjectRow,
  askedBy: value('r.asked_by_name'),
  askedAt: at('r.asked_at'),
  updatedAt: at('r.updated_at'),
}

export const requestRow: JsonRow<OrderRequest> = jsonRow(requestFacts)

/** For a statement's `with`: the requests that the user may see, as `seen`; by the right to what they ask about, whoever asked. */
export function seenRequests({ customer, scope }: Pick<Actor, 'customer' | 'scope'>): RawBuilder<unknown> {
  const { ruled, isSeen } = seenBy(scope)
  return sql`${ruled}, seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.state, r.asked_by, r.asked_by_name, r.asked_at, r.updated_at, r.contract_id,
      ${subjectColumns}
    from order_request r ${subjectJoins}
    where r.customer_id = ${customer.id} and ${isSeen({ id: 'k.id', service: 's.id' })})`
}
