import type { Changes } from '#features/operator-data/import.ts'

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

function wordDifference({ field, from, to }: Changes['changed'][number]['differences'][number]): string {
  const begin = sharedStart(from ?? '', to ?? '')
  return `${field}: ${shown(from, begin)} → ${shown(to, begin)}`
}

/** Characters of a value; of a longer one those around the first that differs. */
const mostShown = 60
const mostBefore = 20

function sharedStart(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

function shown(value: string | null, differsAt: number): string {
  if (value === null) return '–'
  if (value.length <= mostShown) return JSON.stringify(value)
  const start = Math.max(0, Math.min(differsAt - mostBefore, value.length - mostShown))
  const end = start + mostShown
  const part = JSON.stringify(value.slice(start, end))
  return `${start > 0 ? '…' : ''}${part}${end < value.length ? '…' : ''}`
}
