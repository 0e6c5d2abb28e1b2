import { sql } from 'kysely'
import { type NoticeState, openingNoticeState } from '#features/first-login/notice-state.ts'
import type { Context } from '#features/actor.ts'
import { at, jsonRow, rowFrom, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byId, byInteger, byNumber, byText } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { hasNoGoodUrl } from './inner/expired.ts'
import { userHolds } from './inner/user-holds.ts'
import { shownState, type User, userStates } from './user.ts'

export interface UserRow extends Pick<
  User,
  'id' | 'name' | 'mail' | 'role' | 'secondFactor' | 'state' | 'lastSignInAt'
> {
  notice: NoticeState | null
  groups: string[]
}

/** What an administrator should know of all users. */
export interface UserTally {
  /** Active portal administrators. */
  administrators: number
  /** Who await registration and have no URL that is good. */
  expired: number
}

/** The users of the customer. */
export const userList = defineList({
  seen: (ctx: Context) => sql`seen as materialized (
    select u.id, u.name, u.role, u.last_sign_in_at, u.search, ${shownState(ctx)} as state
    from portal_user u where u.customer_id = ${ctx.actor.customer.id} and u.state <> 'deleted')`,
  row: ({ actor }: Context) =>
    rowFrom(userRow, sql`portal_user u where u.customer_id = ${actor.customer.id} and u.id = r.id`),
  search: (terms) => userHolds(terms, 'r'),
  facets: { state: { values: userStates, column: 'r.state' } },
  sortedBy: {
    state: ascending(byInteger(sql`array_position(${sql.val(userStates)}::text[], r.state)`)),
    name: ascending(),
    role: ascending(byInteger(sql`(r.role = 'general-user')::int`)),
    'last-login': descending(byNumber(sql`coalesce(extract(epoch from r.last_sign_in_at), 0)`)),
  },
  last: [byText('r.name'), byId('r.id')],
  beside: ({ actor, now }: Context) =>
    jsonRow<UserTally>({
      administrators: value(
        sql`(select count(*) from seen where role = 'portal-administrator' and state in ('active', 'locked'))`,
      ),
      expired: value(
        sql`(select count(*) from portal_user u where u.customer_id = ${actor.customer.id} and ${hasNoGoodUrl(now)})`,
      ),
    }),
})

/** Of a row `r` that is the user `u`. */
const userRow = jsonRow<UserRow>({
  id: value('u.id'),
  name: value('u.name'),
  mail: value('u.mail'),
  role: value('u.role'),
  secondFactor: value('u.second_factor'),
  state: value('r.state'),
  lastSignInAt: at('u.last_sign_in_at'),
  notice: value(sql`case when r.state = 'awaiting-registration' then ${openingNoticeState} end`),
  groups: value(sql`array(select g.name from user_group_member m
    join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
    where m.customer_id = u.customer_id and m.user_id = u.id order by g.number)`),
})
