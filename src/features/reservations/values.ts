import { days, hours } from '#platform/time/duration.ts'

/** How far ahead a change can be reserved. */
export const mostAhead = 90 * days

/** How many may wait in a line. */
export const mostWaiting = 500

/** What was not done so long after its moment is not done any more: nobody expects it then. */
export const lateAfter = 24 * hours

export const reservationStates = ['waiting', 'done', 'failed', 'withdrawn'] as const
export type ReservationState = (typeof reservationStates)[number]

/** Why a reservation could not be carried out at its moment. */
export const reservationProblems = [
  'author-gone',
  'right-gone',
  'contract-over',
  'changed-since',
  'still-used',
  'gone-since',
  'too-many',
  'undone-already',
  'late',
] as const
export type ReservationProblem = (typeof reservationProblems)[number]
