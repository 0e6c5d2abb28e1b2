import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { at, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byBigint, byMoment } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import type { AccessEvent, AccessFactor } from './events.ts'
import { type AccessScope, holdsAccess, linesIn, partsOf } from './scope.ts'

export interface AccessRow {
  id: string
  at: Date
  user: { id: string | null; name: string }
  event: AccessEvent
  /** As recorded: an older version may have known others. */
  reason: string | null
  secondFactor: AccessFactor | null
  /** Null: the operator, at the command line. */
  ip: string | null
  browser: string
}

/** So many lines are looked at to count them: the page is there at once, however long the history is. */
export const mostLookedAt = 1_000

/** How many lines of what is asked for are searched for keywords: the newest. */
export const mostSearched = 10_000

interface Beside {
  /** The oldest line that there still is. */
  since: Date | null
  /** How long the operator keeps a line. */
  years: number
  /** The name of the person it is filtered by. */
  userName: string | null
}

const columns = sql`h.id, h.at, h.user_id, h.user_name, h.event, h.reason, h.second_factor, host(h.ip) as address, h.browser`

/** Who has logged in and out, and who could not, the newest first. They are counted in no order: else all of a period would be sorted. */
export const accessList = defineList({
  seen: (ctx: Context, scope: AccessScope, { terms }) => sql`seen as (select ${columns} from ${linesIn(ctx, scope)}
    ${terms.length > 0 ? sql`order by h.at desc, h.id desc limit ${sql.lit(mostSearched)}` : sql``})`,
  first: (ctx: Context, scope: AccessScope, firstOf) =>
    sql`(${sql.join(
      partsOf(ctx, scope).map((lines) => sql`select * from ${firstOf(sql`select ${columns} from ${lines}`)}`),
      sql` union all `,
    )})`,
  row: jsonRow<AccessRow>({
    id: value(sql`r.id::text`),
    at: at('r.at'),
    user: jsonRow({ id: value('r.user_id'), name: value('r.user_name') }),
    event: value('r.event'),
    reason: value('r.reason'),
    secondFactor: value('r.second_factor'),
    ip: value('r.address'),
    browser: value('r.browser'),
  }),
  search: (terms) => holdsAccess(terms, 'r'),
  most: mostLookedAt,
  sortedBy: { at: descending(byMoment('r.at')) },
  last: [byBigint('r.id')],
  beside: ({ actor }: Context, { userId }: AccessScope) =>
    jsonRow<Beside>({
      since: at(sql`(select min(at) from access_history where customer_id = ${actor.customer.id})`),
      years: value(sql`(select access_history_years from operator)`),
      userName: value(
        sql`(select name from portal_user where customer_id = ${actor.customer.id} and id = ${userId ?? null}::uuid)`,
      ),
    }),
})
