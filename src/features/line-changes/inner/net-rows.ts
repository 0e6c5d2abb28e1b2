import { type ChangedRow, differing, keyOf, type SettingsRow } from './relations.ts'

/**
 * What a change comes to, of the rows that it kept in their order: each row once, as it was before all of it and is after it. A row
 * that was removed and made again is one that was changed, and one that is as it was is none.
 */
export function netRows(kept: readonly ChangedRow[]): ChangedRow[] {
  const net: ChangedRow[] = []
  // Where a row stands among them, by what it is known by now, or was when it was removed.
  const places = new Map<string, number>()
  for (const { relation, before, after } of kept) {
    const nameOf = (row: SettingsRow): string => `${relation} ${keyOf(relation, row)}`
    const earlier = [before, after].flatMap((row) => (row ? [nameOf(row)] : []))[0] ?? ''
    const place = places.get(earlier) ?? net.length
    const known = net[place]
    net[place] = { relation, before: known ? known.before : before, after }
    places.delete(earlier)
    places.set(after ? nameOf(after) : earlier, place)
  }
  return net.filter(({ before, after }) => (before && after ? differing(before, after).length > 0 : before !== after))
}

/** The rows of a change that takes these back. */
export function inverseOf(rows: readonly ChangedRow[]): ChangedRow[] {
  return rows.map(({ relation, before, after }) => ({ relation, before: after, after: before }))
}
