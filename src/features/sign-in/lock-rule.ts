import { minutes } from '#platform/time/duration.ts'

/** Failures in a row that lock a login ID. */
export const mostFailures = 5
export const lockedFor = 30 * minutes
