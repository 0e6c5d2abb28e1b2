import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { between } from '#platform/digits.ts'

/** Extensions, by their numbers. */
export interface ChosenExtension {
  number: string
  name: string
}

/** Nobody types more. */
const mostRanges = 1000

/** What people mean by `1001-1010 1020`: each number, and those between two. Undefined: it means no numbers, or far too many. */
export function rangesIn(text: string): { first: string; last: string }[] | undefined {
  const tokens = text
    .normalize('NFKC')
    .replaceAll(between, '-')
    .split(/[\s,、;]+/u)
    .filter(Boolean)
  if (tokens.length > mostRanges) return undefined
  const ranges = [...new Set(tokens)].map((token) => {
    const [, first = '', last = first] = /^(\d{2,8})(?:-(\d{2,8}))?$/.exec(token) ?? []
    return { first, last }
  })
  const isRead = ranges.every(({ first, last }) => first !== '' && first.length === last.length && first <= last)
  return isRead ? ranges : undefined
}

/** The extensions of the line that are named one by one or in ranges, in their order; at most so many and one more. */
export async function findExtensionsIn(
  ctx: LineContext,
  ranges: readonly { first: string; last: string }[],
  most: number,
): Promise<ChosenExtension[]> {
  if (ranges.length === 0) return []
  const { rows } = await sql<ChosenExtension>`
    select e.number, e.name from pbx.extension e
    where ${ofLine(ctx, 'e')} and exists (
      select from jsonb_to_recordset(${JSON.stringify(ranges)}::jsonb) as g (first text, last text)
      where length(e.number) = length(g.first) and e.number between g.first and g.last)
    order by e.number limit ${sql.lit(most + 1)}`.execute(ctx.tx)
  return rows
}

/** The numbers of the extensions that a list finds by these terms. */
export async function findExtensionsBy(
  ctx: LineContext,
  terms: readonly string[],
  most: number,
): Promise<ChosenExtension[]> {
  const { rows } = await sql<ChosenExtension>`
    select e.number, e.name from pbx.extension e
    where ${ofLine(ctx, 'e')} and e.search like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))
    order by e.number limit ${sql.lit(most + 1)}`.execute(ctx.tx)
  return rows
}
