/** A value that became another, with as much of each as tells what: of a long one the part around the first character that differs. */
export function shownDifference(
  { from, to }: { from: string | null; to: string | null },
  longest: number,
): { from: string | null; to: string | null } {
  const at = sharedStart(from ?? '', to ?? '')
  return { from: partOf(from, at, longest), to: partOf(to, at, longest) }
}

function sharedStart(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

function partOf(value: string | null, differsAt: number, longest: number): string | null {
  if (value === null || value.length <= longest) return value
  const start = Math.max(0, Math.min(differsAt - Math.floor(longest / 3), value.length - longest))
  const end = start + longest
  return `${start > 0 ? '…' : ''}${value.slice(start, end)}${end < value.length ? '…' : ''}`
}
