import type { Level } from './scope.ts'

/** From the widest to the narrowest: all services, one service, one contract. */
export const layers = ['all', 'service', 'contract'] as const
export type Layer = (typeof layers)[number]

/** What a group's rules come to, and the narrowest layer that says so; without any rule there is no right. */
export interface Effective {
  level: Level | null
  by: Layer | null
}

/** The strongest layer wins: none takes away what another gives. */
export function strongest(given: Partial<Record<Layer, Level | null>>): Effective {
  const ofLevel = (level: Level): Layer | undefined => layers.findLast((layer) => given[layer] === level)
  const [edit, view] = [ofLevel('edit'), ofLevel('view')]
  if (edit) return { level: 'edit', by: edit }
  return view ? { level: 'view', by: view } : { level: null, by: null }
}
