/** The highest first: who may edit may view. */
export const levels = ['edit', 'view'] as const
export type Level = (typeof levels)[number]

/**
 * The rule of all rights: of the levels that layers and groups give, the highest counts. None takes away what another gives,
 * and without any there is no right. In SQL: `highestOf`.
 */
export function highest(given: readonly (Level | null | undefined)[]): Level | null {
  return levels.find((level) => given.includes(level)) ?? null
}
