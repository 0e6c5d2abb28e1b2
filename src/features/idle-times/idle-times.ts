/** Minutes, of which one can be chosen. */
export const idleTimes = [15, 30, 60, 120, 240, 480, 720] as const
export type IdleTime = (typeof idleTimes)[number]

/** Those that a user of a customer with this one may have. */
export function idleTimesUpTo(most: number): IdleTime[] {
  return idleTimes.filter((each) => each <= most)
}
