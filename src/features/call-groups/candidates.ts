import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'

export interface Candidate {
  number: string
  name: string
}

/** So many are offered for a keyword; who is not among them is found by more of it. */
const mostOffered = 20

/** Extensions that may become members of a group: that hold all of the terms, and are none already. */
export async function findCandidates(
  ctx: LineContext,
  { terms, without }: { terms: readonly string[]; without: readonly string[] },
): Promise<Candidate[]> {
  if (terms.length === 0) return []
  const { rows } = await sql<Candidate>`
    select e.number, e.name from pbx.extension e
    where ${ofLine(ctx, 'e')} and e.search like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))
      and e.number <> all(${without}::text[]) and e.is_enabled
    order by e.number limit ${sql.lit(mostOffered)}`.execute(ctx.tx)
  return rows
}

/** The names of extensions, by number; of those that are there. */
export async function findNames(
  ctx: LineContext,
  numbers: readonly string[],
): Promise<Map<string, { name: string; isEnabled: boolean }>> {
  const { rows } = await sql<Candidate & { isEnabled: boolean }>`
    select e.number, e.name, e.is_enabled as "isEnabled" from pbx.extension e
    where ${ofLine(ctx, 'e')} and e.number = any(${numbers}::text[])`.execute(ctx.tx)
  return new Map(rows.map(({ number, ...of }) => [number, of]))
}
