import { type RawBuilder, sql } from 'kysely'
import { type NoticeState, openingNoticeState } from '#features/first-login/notice-state.ts'
import type { Context, Role } from '#features/actor.ts'
import { byUserName } from '#features/user-order.ts'
import { lockedUsers } from '#features/sign-in/locked.ts'
import { isInPeriodOf, type PeriodStage, stageOf, todayOf } from '#features/periods-of-use/period.ts'
import { at, type JsonRow, jsonRow, rowFrom, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { foldedHolds } from '#platform/list/keywords.ts'
import { byInteger, byNumber } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { after, days } from '#platform/time/duration.ts'
import { hasNoGoodUrl } from './inner/expired.ts'
import { type SecondFactor, type User, type UserFields, userStates } from './user.ts'

export interface UserRow extends Pick<User, 'id' | 'mail' | 'state' | 'lastSignInAt' | keyof UserFields> {
  notice: NoticeState | null
  groups: string[]
  /** Of the period of use, today. */
  stage: PeriodStage
}

/** What an administrator should know of all users. */
export interface UserTally {
  /** Active portal administrators. */
  administrators: number
  /** Who await registration and have no URL that is good. */
  expired: number
  /** Whether anybody has a first or a last day of use. */
  hasPeriods: boolean
}

/** Which users a list is of; nothing given: all. */
export interface UserScope {
  role?: Role | undefined
  factor?: SecondFactor | undefined
  /** In this group; or in none, if it is `noGroup`. */
  group?: string | undefined
  /** Active, and not logged in for so long. */
  isQuiet?: boolean | undefined
  /** Where the period of use stands; `ending`: its last day is near. */
  period?: PeriodScope | undefined
}

export const periodScopes = ['ahead', 'running', 'ending', 'over'] as const
export type PeriodScope = (typeof periodScopes)[number]

/** How near, in days. */
export const endingWithin = 30

export const noGroup = 'none'

/** How long nobody need have logged in to be asked whether the user is still there. */
export const quietFor: number = 90 * days

/** The users of the customer. */
export const userList = defineList({
  // Who is locked is found first: there are few, and all others are read in order from an index.
  seen({ actor, now }: Context, scope: UserScope, { firstOf }) {
    const columns = sql`u.id, u.name, u.kana_order, u.mail, u.role, u.last_sign_in_at, u.search`
    const users = sql`portal_user u where u.customer_id = ${actor.customer.id} and u.urgency is not null and ${isWithin(scope, { actor, now })}`
    return sql`locked as materialized (
      select ${columns} from ${users} and u.state = 'active' and u.id in (${lockedUsers(actor, now)})
    ), seen as (
      select u.*, 'locked' as state, 0::smallint as urgency from locked u
      union all ${firstOf(sql`
        select ${columns}, u.state::text as state, u.urgency from ${users} and u.id not in (select id from locked)`)})`
  },
  row: ({ actor, now }: Context) =>
    rowFrom(
      userRow(actor.customer.id, now),
      sql`portal_user u where u.customer_id = ${actor.customer.id} and u.id = r.id`,
    ),
  search: (terms) => foldedHolds(terms, 'r.search'),
  facets: {
    state: {
      values: userStates,
      column: 'r.state',
      has: (state) => sql`r.urgency = ${sql.lit(userStates.indexOf(state))}`,
    },
  },
  known: ({ actor }: Context, scope) =>
    isNarrow(scope)
      ? undefined
      : sql`(
    select json_object_agg(state, users) from (
      select state, sum(users) as users from (
        select state::text, users from user_count where customer_id = ${actor.customer.id}
        union all select unnest(array['active', 'locked']), unnest(array[-count(*), count(*)]) from locked) each_count
      group by state having sum(users) > 0) by_state)`,
  sortedBy: {
    state: ascending(byInteger('r.urgency')),
    name: ascending(),
    role: ascending(byInteger(sql`(r.role = 'general-user')::int`)),
    'last-login': descending(byNumber(sql`coalesce(extract(epoch from r.last_sign_in_at), 0)`)),
  },
  last: byUserName,
  beside: ({ actor, now }: Context) =>
    jsonRow<UserTally>({
      administrators: value(
        sql`(select coalesce(sum(users), 0) from user_count
          where customer_id = ${actor.customer.id} and role = 'portal-administrator' and state = 'active')
          - ${administratorsOutside({ actor, now })}`,
      ),
      hasPeriods: value(
        sql`exists (select from portal_user u where u.customer_id = ${actor.customer.id} and u.urgency is not null
          and (u.begins_on is not null or u.ends_on is not null))`,
      ),
      expired: value(
        sql`(select count(*) from portal_user u where u.customer_id = ${actor.customer.id} and ${hasNoGoodUrl({ actor, now })})`,
      ),
    }),
})

function isNarrow(scope: UserScope): boolean {
  return Object.values(scope).some((each) => each !== undefined)
}

/** Of the user `u`. */
function isWithin(
  { role, factor, group, isQuiet, period }: UserScope,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): RawBuilder<boolean> {
  const groups = sql`user_group_member m where m.customer_id = u.customer_id and m.user_id = u.id`
  return sql<boolean>`${sql.join(
    [
      sql`true`,
      ...(role ? [sql`u.role = ${role}`] : []),
      ...(factor ? [sql`u.second_factor = ${factor}`] : []),
      ...(group === noGroup ? [sql`not exists (select from ${groups})`] : []),
      ...(group !== undefined && group !== noGroup
        ? [sql`exists (select from ${groups} and m.user_group_id = ${group})`]
        : []),
      ...(isQuiet ? [hasBeenQuiet(now)] : []),
      ...(period === 'ending' ? [endsSoon({ actor, now })] : []),
      ...(period !== undefined && period !== 'ending' ? [sql`${stageOf(actor.customer.id, now)} = ${period}`] : []),
    ],
    sql` and `,
  )}`
}

/** Of the user `u`: the last day is near, and not past. */
export function endsSoon({ actor, now }: Pick<Context, 'actor' | 'now'>): RawBuilder<boolean> {
  const today = todayOf(actor.customer.id, now)
  return sql<boolean>`(u.ends_on >= ${today} and u.ends_on <= ${today} + ${sql.lit(endingWithin)})`
}

/** How many administrators are counted as active, and may not use the portal today. */
export function administratorsOutside({ actor, now }: Pick<Context, 'actor' | 'now'>): RawBuilder<number> {
  return sql<number>`(select count(*)::int from portal_user u where u.customer_id = ${actor.customer.id}
    and (u.begins_on is not null or u.ends_on is not null) and u.role = 'portal-administrator' and u.state = 'active'
    and not ${isInPeriodOf(actor.customer.id, now)})`
}

/** Of the user `u`. Who has never logged in has been quiet since being added. */
export function hasBeenQuiet(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(u.urgency = ${sql.lit(userStates.indexOf('active'))}
    and coalesce(u.last_sign_in_at, u.created_at) < ${after(now, -quietFor)})`
}

/** Of a row `r` that is the user `u` of this customer. */
const userRow = (customerId: string, now: Date): JsonRow<UserRow> =>
  jsonRow<UserRow>({
    id: value('u.id'),
    name: value('u.name'),
    kana: value('u.kana'),
    mail: value('u.mail'),
    role: value('u.role'),
    secondFactor: value('u.second_factor'),
    phone: value('u.phone'),
    mailLanguage: value('u.mail_language'),
    timeZone: value('u.time_zone'),
    jobTitle: value('u.job_title'),
    mobilePhone: value('u.mobile_phone'),
    comment: value('u.comment'),
    mobileThresholdMail: value('u.mobile_threshold_mail'),
    beginsOn: value(sql`coalesce(u.begins_on::text, '')`),
    endsOn: value(sql`coalesce(u.ends_on::text, '')`),
    stage: value(stageOf(customerId, now)),
    state: value('r.state'),
    lastSignInAt: at('u.last_sign_in_at'),
    notice: value(sql`case when r.state = 'awaiting-registration' then ${openingNoticeState} end`),
    groups: value(sql`array(select g.name from user_group_member m
    join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
    where m.customer_id = u.customer_id and m.user_id = u.id order by g.number)`),
  })
