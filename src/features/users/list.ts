import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type NoticeState, openingNoticeState } from '#features/first-login/notice-state.ts'
import type { Context } from '#features/actor.ts'
import { rowId } from '#platform/form.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { integerPart, numberPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import { hasNoGoodUrl } from './inner/expired.ts'
import { userHolds } from './inner/user-holds.ts'
import { shownState, type User, type UserState, userStates } from './user.ts'

export const userColumns = ['state', 'name', 'role', 'last-login'] as const
export type UserColumn = (typeof userColumns)[number]

export interface UsersAsked {
  terms: readonly string[]
  state: UserState | undefined
  sorting: { by: UserColumn; descending: boolean }
  place: Place
}

export interface UserRow extends Pick<
  User,
  'id' | 'name' | 'mail' | 'role' | 'secondFactor' | 'state' | 'lastSignInAt'
> {
  notice: NoticeState | null
  groups: string[]
}

export interface UserList extends ListedRows<UserRow, UserState> {
  /** Active portal administrators. */
  administrators: number
  /** Who await registration and have no URL that is good. */
  expired: number
}

/** The users of the customer. */
export async function listUsers(ctx: Context, { terms, state, sorting, place }: UsersAsked): Promise<UserList> {
  const { tx, actor } = ctx
  const ofCustomer = sql`u.customer_id = ${actor.customer.id}`
  const { beside, rows, ...list } = await readShortList(tx, {
    seen: sql`seen as materialized (
      select u.id, u.name, u.role, u.last_sign_in_at, u.search, ${shownState(ctx)} as state
      from portal_user u where ${ofCustomer} and u.state <> 'deleted')`,
    row: sql<UserRowJson>`(select json_build_object('id', u.id, 'name', u.name, 'mail', u.mail, 'role', u.role,
        'secondFactor', u.second_factor, 'state', r.state, 'lastSignInAt', u.last_sign_in_at,
        'notice', case when r.state = 'awaiting-registration' then ${openingNoticeState} end,
        'groups', array(select g.name from user_group_member m
          join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
          where m.customer_id = u.customer_id and m.user_id = u.id order by g.number))
      from portal_user u where ${ofCustomer} and u.id = r.id)`,
    within: sql`true`,
    matching: userHolds(terms, 'r'),
    kind: sql<UserState>`r.state`,
    kinds: state ? [state] : userStates,
    order: { columns: [...sortedBy[sorting.by], sql`r.name`, sql`r.id::text`], descending: sorting.descending },
    place,
    beside: sql<Pick<UserList, 'administrators' | 'expired'>>`json_build_object(
      'administrators', (select count(*) from seen where role = 'portal-administrator' and state in ('active', 'locked')),
      'expired', (select count(*) from portal_user u where ${ofCustomer} and ${hasNoGoodUrl(ctx.now)}))`,
  })
  return { ...list, ...beside, rows: rows.map(({ row, key }) => ({ row: readRow(row), key })) }
}

type UserRowJson = Omit<UserRow, 'lastSignInAt'> & { lastSignInAt: string | null }

function readRow(row: UserRowJson): UserRow {
  return { ...row, lastSignInAt: row.lastSignInAt === null ? null : new Date(row.lastSignInAt) }
}

const sortedBy: Record<UserColumn, RawBuilder<unknown>[]> = {
  state: [sql`array_position(${sql.val(userStates)}::text[], r.state)`],
  name: [],
  role: [sql`(r.role = 'general-user')::int`],
  'last-login': [sql`coalesce(extract(epoch from r.last_sign_in_at), 0)`],
}

/** Checks the key of a row. */
export function userKeyBy(column: UserColumn): z.ZodType<RowKey> {
  if (column === 'name') return z.tuple([textPart, rowId])
  return z.tuple([column === 'last-login' ? numberPart : integerPart, textPart, rowId])
}
