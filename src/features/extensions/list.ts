import { sql } from 'kysely'
import type { LineContext } from '#features/lines/open.ts'
import { jsonRow, rowFrom, rowsOf, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { ofLine, sameLine } from '#features/lines/of-line.ts'
import { isReserved, reservedFacet, reservedNumbers } from '#features/line-changes/reserved.ts'
import { type Extension, extensionRow } from './extension.ts'

export interface ListedExtension {
  extension: Extension
  /** External numbers that are bound to it. */
  numbers: string[]
  groups: { id: string; number: string; name: string }[]
  /** On how many conditions its calls go elsewhere. */
  forwards: number
}

/** The extensions of the line: counted by the line itself, so a page of twenty thousand is read from the index. */
export const extensionList = defineList({
  seen: (ctx: LineContext, _of, { firstOf }) => sql`seen as (
    ${firstOf(sql`select r.customer_id, r.contract_id, r.number, r.search, ${isReserved(ctx)} as reserved from pbx.extension r where ${ofLine(ctx, 'r')}`)})`,
  row: jsonRow<ListedExtension>({
    extension: rowFrom(
      extensionRow,
      sql`(select r.customer_id, r.contract_id, r.number) one
          join pbx.extension r on ${sameLine('r', 'one')} and r.number = one.number
          join pbx.inside_number i on ${sameLine('i', 'one')} and i.number = one.number`,
    ),
    numbers: value(sql`coalesce((select json_agg(n.number order by n.number) from pbx.external_number n
        where ${sameLine('n', 'r')} and n.target = r.number), '[]')`),
    groups: rowsOf(
      jsonRow<ListedExtension['groups'][number]>({
        id: value('i.id'),
        number: value('g.number'),
        name: value('g.name'),
      }),
      {
        from: sql`pbx.call_group_member m join pbx.call_group g on ${sameLine('g', 'm')} and g.number = m.call_group
            join pbx.inside_number i on ${sameLine('i', 'm')} and i.number = m.call_group
            where ${sameLine('m', 'r')} and m.extension = r.number`,
        orderBy: sql`g.number`,
      },
    ),
    forwards: value(
      sql`(select count(*)::int from pbx.forward f where ${sameLine('f', 'r')} and f.extension = r.number)`,
    ),
  }),
  search: (terms) =>
    sql<boolean>`r.search like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`,
  facets: { reserved: { ...reservedFacet, has: (which) => sql<boolean>`r.reserved = ${which}` } },
  known: (ctx: LineContext) => sql`(
    select json_build_object('reserved', reserved, 'none', ${ctx.line.extensions}::int - reserved)
    from (select count(*)::int as reserved from pbx.extension r
      where ${ofLine(ctx, 'r')} and r.number = any(array(select number from ${reservedNumbers(ctx)}))) of_all)`,
  sortedBy: { number: ascending() },
  last: [byText('r.number')],
})
