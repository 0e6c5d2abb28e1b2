import type { ToldText } from '#features/incidents/entry.ts'
import type { SubjectEntry } from '#features/subjects/references.ts'
import type { Phrase } from '#platform/words.ts'
import type { OrderState, OrderStepState } from './order.ts'

/** What is said of one step. */
export interface StepEntry {
  state: OrderStepState
  /** Written 2026-12-10. */
  day?: string | undefined
  note?: ToldText | undefined
}

/** What the customer has ordered: for one of its contracts, or a new one of a service. Days are written 2026-11-22. */
export interface OrderEntry extends SubjectEntry {
  code: string
  title: Phrase
  state: OrderState
  orderedOn: string
  /** The day promised. */
  deliveryOn?: string | undefined
  /** A moment with its offset. */
  updatedAt: string
  /** What is known of single steps. Absent: as they are. */
  steps?: readonly StepEntry[] | undefined
  /** 開通案内. Absent: as it is. */
  opening?: ToldText | undefined
}
