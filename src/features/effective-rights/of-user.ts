import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type Level, levels } from '#features/rights/level.ts'
import { touchesService } from '#features/rights/rule-layers.ts'
import { foundContracts, levelsBy } from '#features/rights/seen.ts'
import type { Actor, Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import type { Person } from './person.ts'
import { mostReasons, reasonColumns, type Reasons, reasonsJson } from './reason.ts'

export const rightColumns = ['number', 'service', 'site'] as const
export type RightColumn = (typeof rightColumns)[number]

/** A contract that a user may see, how far, and why. */
export interface UserRight extends Reasons {
  id: string
  number: string
  service: Phrase
  site: string | null
  level: Level
}

export interface UserRightsAsked {
  terms: readonly string[]
  level?: Level | undefined
  sorting: { by: RightColumn; descending: boolean }
  place: Place
}

/** What a user may see by all groups together. Reasons are read for the rows of the page alone. */
export async function listUserRights(
  { tx, actor, language }: Context,
  { id: userId, scope }: Person,
  { terms, level, sorting, place }: UserRightsAsked,
): Promise<ListedRows<UserRight, Level>> {
  const { ruled, levelOf } = levelsBy(scope)
  const { broad, reasons, reasonCount } = reasonsFor(actor, userId)
  return readShortList(tx, {
    seen: sql`${ruled}, ${broad}, matching as materialized (select id from ${foundContracts(scope, terms)}), seen as (
      select k.id, k.number, k.service_id, s.name_ja, s.name_en, t.name as site,
        ${levelOf({ id: 'k.id', service: 'k.service_id' })} as level
      from ${foundContracts(scope, [])} k join service s on s.id = k.service_id
      left join site t on t.customer_id = ${actor.customer.id} and t.id = k.site_id)`,
    row: sql<UserRight>`json_build_object('id', r.id, 'number', r.number, 'service', json_build_object('ja', r.name_ja, 'en', r.name_en),
      'site', r.site, 'level', r.level, 'reasons', ${reasons}, 'reasonCount', ${reasonCount})`,
    within: sql`true`,
    matching: terms.length > 0 ? sql`r.id in (select id from matching)` : sql`true`,
    kind: sql<Level>`r.level::text`,
    kinds: level ? [level] : levels,
    order: {
      columns: [
        ...{ number: [], service: [sql.ref(`r.name_${language}`)], site: [sql`coalesce(r.site, '')`] }[sorting.by],
        sql`r.number`,
      ],
      descending: sorting.descending,
    },
    place,
  })
}

/** Checks the key of a row. */
export function rightKeyBy(column: RightColumn): z.ZodType<RowKey> {
  return column === 'number' ? z.tuple([textPart]) : z.tuple([textPart, textPart])
}

/**
 * Rules for all services or for one are ranked once, in `broad`, for they are the same for many contracts; those for single
 * contracts are found by the contract.
 */
function reasonsFor({ customer }: Actor, userId: string) {
  const from = (rules: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    user_group_right x join user_group g on g.customer_id = x.customer_id and g.id = x.user_group_id
    join user_group_member m on m.customer_id = x.customer_id and m.user_group_id = x.user_group_id and m.user_id = ${userId}
    where x.customer_id = ${customer.id} and ${rules}`
  const ofRow = touchesService('b', 'r.service_id')
  const narrow = from(sql`x.contract_id = r.id`)
  return {
    broad: sql`broad as materialized (
      select * from (
        select x.service_id, ${reasonColumns}, row_number() over (partition by x.service_id order by x.level desc, g.number) as rank,
          count(*) over (partition by x.service_id) as peers
        from ${from(sql`x.contract_id is null`)}) ranked
      where rank <= ${sql.lit(mostReasons)})`,
    reasons: reasonsJson(sql`
      select b.level, b.layer, b.group_id, b.number, b.name from broad b where ${ofRow}
      union all select ${reasonColumns} from ${narrow}`),
    reasonCount: sql<number>`((select coalesce(sum(peers), 0) from broad b where b.rank = 1 and ${ofRow}) + (select count(*) from ${narrow}))::int`,
  }
}
