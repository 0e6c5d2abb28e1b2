import type { ChangeByAnybody } from '#features/change-history/record.ts'

/** A member of staff at work on what the operator tells of. What is done stands in the history of the actor's customer, the house. */
export interface OutageEditor extends ChangeByAnybody {
  staff: {
    /** S-0042 */
    number: string
  }
}

/** An outage as it is, for whoever changes it: the version is that of the row it was made from. */
export interface OutageEdit {
  id: string
  version: number
}
