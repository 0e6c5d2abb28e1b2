import type { Changes, Unnamed } from '#features/operator-data/import.ts'
import { shownDifference } from '#features/operator-data/shown-difference.ts'

/** Entries of a kind that are kept; how many there are, the counts say. */
const mostKept = 500

/** Characters of a value. */
const longest = 300

/** The first of what was made and changed of each kind, with values of which a part tells enough. */
export function boundedChanges(changes: readonly Changes[]): Changes[] {
  const left = new Map<string, number>()
  const take = <T>(name: string, all: readonly T[]): T[] => {
    const room = left.get(name) ?? mostKept
    left.set(name, room - Math.min(room, all.length))
    return all.slice(0, room)
  }
  return changes
    .map(({ kind, customer, created, changed }) => ({
      kind,
      ...(customer !== undefined && { customer }),
      created: take(`${kind} created`, created),
      changed: take(`${kind} changed`, changed).map(({ name, differences }) => ({
        name,
        differences: differences.map((each) => ({ field: each.field, ...shownDifference(each, longest) })),
      })),
    }))
    .filter(({ created, changed }) => created.length + changed.length > 0)
}

export function boundedUnnamed(unnamed: readonly Unnamed[]): Unnamed[] {
  let room = mostKept
  return unnamed.flatMap((each) => {
    const names = each.names.slice(0, room)
    room -= names.length
    return names.length > 0 ? [{ ...each, names }] : []
  })
}
