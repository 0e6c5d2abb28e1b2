import type { Changes } from '#features/operator-data/import.ts'
import { shownDifference } from '#features/operator-data/shown-difference.ts'

/** What would become another, a line each: `N100000001  suspended: false → true`. `most` things are told. */
export function differenceLines(of: string, changed: Changes['changed'], most: number): string[] {
  const rest = changed.length - most
  return [
    `  changed, ${of}:`,
    ...changed
      .slice(0, most)
      .map(({ name, differences }) => `    ${name}  ${differences.map(wordDifference).join(', ')}`),
    ...(rest > 0 ? [`    and ${rest} more (--list-all)`] : []),
  ]
}

/** Characters of a value. */
const mostShown = 60

function wordDifference({ field, ...values }: Changes['changed'][number]['differences'][number]): string {
  const { from, to } = shownDifference(values, mostShown)
  return `${field}: ${quoted(from)} → ${quoted(to)}`
}

function quoted(value: string | null): string {
  return value === null ? '–' : JSON.stringify(value)
}
