import { type RawBuilder, sql } from 'kysely'
import type { Context, Role } from '#features/actor.ts'
import { byUserName } from '#features/user-order.ts'
import { at, jsonRow, only, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byId, byMoment } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { isOpenAt, sessionsOf } from './open-condition.ts'

/** Somebody of the customer who is signed in, in one browser. */
export interface UsersSession {
  id: string
  user: { id: string; name: string; mail: string; role: Role }
  secondFactor: 'totp' | 'mail-otp'
  ip: string
  browser: string
  startedAt: Date
  lastUsedAt: Date
  /** The reader's own. */
  isThisOne: boolean
}

/** Which sessions: these ones, those of a user, or all but the reader's own. */
export type SessionScope = { ids: readonly string[] } | { userId: string } | 'others'

const session = ({ actor }: Context) =>
  jsonRow<UsersSession>({
    id: value('r.id'),
    user: jsonRow({ id: value('r.user_id'), name: value('r.name'), mail: value('r.mail'), role: value('r.role') }),
    secondFactor: value('r.second_factor'),
    ip: value('r.address'),
    browser: value('r.browser'),
    startedAt: at('r.created_at'),
    lastUsedAt: at('r.last_used_at'),
    isThisOne: value(sql`r.id = ${actor.sessionId}`),
  })

const columns = sql`s.id, s.user_id, u.name, u.kana_order, u.mail, u.role, s.second_factor, host(s.ip) as address, s.browser, s.created_at, s.last_used_at`

/** So many open sessions are counted: a page with them is there as soon as one with few. */
const mostCounted = 500

/** Who of the customer is signed in now, and where. */
export const openSessionList = defineList({
  seen: ({ actor, now }: Context, scope: { userId?: string | undefined }) => sql`seen as (
    select ${columns} from ${sessionsOf(actor.customer.id)} and ${isOpenAt(now)}
      and ${scope.userId ? sql`s.user_id = ${scope.userId}` : sql`true`})`,
  row: session,
  search: ['r.name', 'r.mail', 'r.address', 'r.browser'],
  most: mostCounted,
  sortedBy: {
    'last-used': descending(byMoment('r.last_used_at')),
    started: descending(byMoment('r.created_at')),
    user: ascending(...byUserName),
  },
  last: [byId('r.id')],
  beside: ({ actor }: Context, { userId }: { userId?: string | undefined }) =>
    jsonRow<{ userName: string | null }>({
      userName: value(
        sql`(select name from portal_user where customer_id = ${actor.customer.id} and id = ${userId ?? null}::uuid)`,
      ),
    }),
})

/** So many are shown of those that are to be ended; all of them are counted. */
const mostShown = 100

/** Those of a scope but for the reader's own session, which ends by logging out. */
export async function findOpenSessions(
  ctx: Context,
  scope: SessionScope,
): Promise<{ sessions: UsersSession[]; count: number }> {
  const { tx, actor, now } = ctx
  const row = session(ctx)
  const { rows } = await sql<{ sessions: Parameters<typeof row.read>[0][]; count: number }>`
    with r as (select ${columns} from ${sessionsOf(actor.customer.id)} and ${isOpenAt(now)} and s.id <> ${actor.sessionId}
      and ${isInScope(scope)})
    select (select count(*)::int from r) as count, coalesce((select json_agg(${row.json} order by r.kana_order, r.name, r.id)
      from (select * from r order by r.kana_order, r.name, r.id limit ${sql.lit(mostShown)}) r), '[]') as sessions`.execute(
    tx,
  )
  const { sessions, count } = only(rows)
  return { sessions: sessions.map(row.read), count }
}

/** Whether the session `s` is one of these. */
export function isInScope(scope: SessionScope): RawBuilder<boolean> {
  if (scope === 'others') return sql<boolean>`true`
  return 'ids' in scope ? sql<boolean>`s.id = any(${scope.ids}::uuid[])` : sql<boolean>`s.user_id = ${scope.userId}`
}

export interface SignedIn {
  users: number
  /** So many and perhaps more. */
  isCut: boolean
}

/** How many users of the customer are signed in now. */
export async function countSignedIn({ tx, actor, now }: Context): Promise<SignedIn> {
  const { rows } = await sql<SignedIn>`
    select count(distinct user_id)::int as users, count(*) = ${sql.lit(mostCounted)} as "isCut" from (
      select s.user_id from ${sessionsOf(actor.customer.id)} and ${isOpenAt(now)} limit ${sql.lit(mostCounted)}) r`.execute(
    tx,
  )
  return only(rows)
}
