import { highest, type Level } from './level.ts'

/** From the widest to the narrowest: all services, one service, one contract. */
export const layers = ['all', 'service', 'contract'] as const
export type Layer = (typeof layers)[number]

/** What a group's rules come to, and the narrowest layer that says so; without any rule there is no right. */
export interface Effective {
  level: Level | null
  by: Layer | null
}

export function effectiveOf(given: Partial<Record<Layer, Level | null>>): Effective {
  const level = highest(layers.map((layer) => given[layer]))
  return { level, by: (level && layers.findLast((layer) => given[layer] === level)) ?? null }
}
