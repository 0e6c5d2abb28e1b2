import { days } from '#platform/time/duration.ts'

/** What is said to be solved is closed when nobody has said otherwise for so long. */
export const closesAfter: number = 7 * days
/** So long before that, it is said. */
export const closingToldBefore: number = 2 * days
/** A message opens again what was closed no longer ago. */
export const reopensFor: number = 14 * days
/** Where a ticket is about the portal itself, in hours: that of a service is its own. */
export const usualAnswerHours = 24
