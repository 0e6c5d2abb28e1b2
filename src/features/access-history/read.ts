import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { RowKey } from '#platform/list/paging.ts'
import type { AccessRow } from './list.ts'
import { type AccessScope, holdsAccess, partsOf } from './scope.ts'

export interface AccessFilter extends AccessScope {
  terms: readonly string[]
}

/** Lines of one read. */
const linesAtOnce = 2000

/** The next of all that are asked for, after this edge, and where to go on. Each call looks at a bounded part. */
export async function readAccess(
  ctx: Context,
  { terms, ...scope }: AccessFilter,
  edge: RowKey | undefined,
): Promise<{ rows: Omit<AccessRow, 'id'>[]; edge: RowKey | undefined }> {
  const [lastAt, lastId] = edge ?? []
  const after = edge ? sql`(h.at, h.id) < (${lastAt}::timestamptz, ${lastId}::bigint)` : sql`true`
  // Of each part the next ones: all of several kinds would be sorted for each read.
  const parts = partsOf(ctx, scope).map(
    (lines) => sql`(select h.* from ${lines} and ${after} order by h.at desc, h.id desc limit ${sql.lit(linesAtOnce)})`,
  )
  const { rows } = await sql<Line>`
    select id::text, at, at::text as "exactAt", user_id, user_name, event, reason, second_factor, address, browser,
      ${holdsAccess(terms, 'r')} as "isAsked"
    from (
      select h.id, h.at, h.user_id, h.user_name, h.event, h.reason, h.second_factor, host(h.ip) as address, h.browser
      from (${sql.join(parts, sql` union all `)}) h order by h.at desc, h.id desc limit ${sql.lit(linesAtOnce)}) r
    order by r.at desc, r.id desc`.execute(ctx.tx)
  const last = rows.length === linesAtOnce ? rows.at(-1) : undefined
  return { rows: rows.filter(({ isAsked }) => isAsked).map(rowOf), edge: last && [last.exactAt, last.id] }
}

interface Line extends Pick<AccessRow, 'id' | 'at' | 'event' | 'reason' | 'browser'> {
  exactAt: string
  user_id: string | null
  user_name: string
  second_factor: AccessRow['secondFactor']
  address: string | null
  isAsked: boolean
}

function rowOf({ at, user_id, user_name, event, reason, second_factor, address, browser }: Line) {
  return {
    at,
    user: { id: user_id, name: user_name },
    event,
    reason,
    secondFactor: second_factor,
    ip: address,
    browser,
  }
}
