import { type RawBuilder, sql } from 'kysely'
import { type NoticeState, openingNoticeState } from '#features/first-login/notice-state.ts'
import type { Context, Role } from '#features/actor.ts'
import { findLosses } from '#features/administrators/losses.ts'
import { type Period, type PeriodStage, stageOf } from '#features/periods-of-use/period.ts'
import { isOpenAt } from '#features/sessions/open-condition.ts'
import { lockedUsers } from '#features/sign-in/locked.ts'
import { hasPlanner } from '#features/user-groups/planned.ts'
import { jsonRow, rowsOf, value } from '#platform/database/json-row.ts'
import type { Language } from '#platform/words.ts'

/** In the order in which a list shows them: trouble first. A locked user is an active one who cannot log in for now. */
export const userStates = ['locked', 'awaiting-registration', 'suspended', 'active'] as const
export type UserState = (typeof userStates)[number]

export type SecondFactor = 'totp' | 'mail-otp'

/** What an administrator sets of a user. */
export interface UserFields extends Period {
  name: string
  /** ふりがな, in hiragana; empty: not given. */
  kana: string
  phone: string
  /** Null: chooses at the first login, as users of an application form do. */
  secondFactor: SecondFactor | null
  role: Role
  mailLanguage: Language
  timeZone: string
  jobTitle: string
  mobilePhone: string
  comment: string
  mobileThresholdMail: boolean
}

/** What is changed of a user without showing the second factor. */
export type UserDetails = Omit<UserFields, 'name' | 'phone' | 'role' | 'secondFactor' | keyof Period>

/** A user of the actor's customer, as an administrator sees one. */
export interface User extends UserFields {
  id: string
  mail: string
  state: UserState
  /** Of the period of use, today. */
  stage: PeriodStage
  /** Has set a password; false: awaits registration, or will once resumed. */
  isRegistered: boolean
  version: number
  lastSignInAt: Date | null
  /** Of the newest opening notice; null: none was sent. */
  notice: NoticeState | null
  /** Until when the newest URL is good that was sent; null: it is used up or void, or none was. */
  urlExpiresAt: Date | null
  /** Since when the address is known to take no mails. */
  mailRefusedAt: Date | null
  /** A new mail address that nobody has confirmed yet. */
  newMail: string | null
  groups: { id: string; name: string; isAutomatic: boolean }[]
  /** Groups that the user shall join or leave on a day to come, the next first. */
  planned: { id: string; name: string; isAutomatic: boolean; joins: boolean; dueOn: string; hasPlanner: boolean }[]
  /** Logins of this user that are open now. */
  sessions: number
  /** There is a day on which no other active portal administrator is there. */
  isLastAdministrator: boolean
  /** The same of the automatic group. */
  isLastInAutomaticGroup: boolean
}

/** Undefined: the customer has no such user, or has deleted it. */
export async function findUser(ctx: Context, id: string): Promise<User | undefined> {
  const { tx, actor, now } = ctx
  const [{ rows }, losses] = await Promise.all([
    sql<Omit<User, 'isLastAdministrator' | 'isLastInAutomaticGroup'>>`
    select u.id, u.mail, u.name, u.kana, u.phone, u.role, u.second_factor as "secondFactor", ${shownState(ctx)} as state, u.version,
      ${isRegistered} as "isRegistered",
      u.mail_language as "mailLanguage", u.time_zone as "timeZone", u.job_title as "jobTitle", u.mobile_phone as "mobilePhone",
      u.comment, u.mobile_threshold_mail as "mobileThresholdMail", coalesce(u.begins_on::text, '') as "beginsOn",
      coalesce(u.ends_on::text, '') as "endsOn", ${stageOf(actor.customer.id, now)} as stage, u.last_sign_in_at as "lastSignInAt",
      u.mail_refused_at as "mailRefusedAt", ${openingNoticeState} as notice, ${goodUrlUntil(now)} as "urlExpiresAt",
      (select m.new_mail from mail_change m where m.customer_id = u.customer_id and m.user_id = u.id and m.expires_at > ${now}
        and m.credential_epoch = u.credential_epoch) as "newMail",
      ${ownGroups.json} as groups, ${ownPlans.json} as planned,
      (select count(*) from session s where s.customer_id = u.customer_id and s.user_id = u.id and ${isOpenAt(now)}) as sessions
    from portal_user u join customer c on c.id = u.customer_id
    where u.customer_id = ${actor.customer.id} and u.id = ${id} and u.urgency is not null`.execute(tx),
    findLosses(ctx, { userIds: [id], administer: 'never' }),
  ])
  const { administrators: isLastAdministrator, inAutomaticGroup: isLastInAutomaticGroup } = losses
  return rows[0] && { ...rows[0], isLastAdministrator, isLastInAutomaticGroup }
}

const ownGroup = jsonRow<User['groups'][number]>({
  id: value('g.id'),
  name: value('g.name'),
  isAutomatic: value('g.is_automatic'),
})

const ownGroups = rowsOf(ownGroup, {
  from: sql`user_group_member m join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
    where m.customer_id = u.customer_id and m.user_id = u.id`,
  orderBy: sql`g.number`,
})

const ownPlan = jsonRow<User['planned'][number]>({
  id: value('g.id'),
  name: value('g.name'),
  isAutomatic: value('g.is_automatic'),
  joins: value('p.joins'),
  dueOn: value('p.due_on'),
  hasPlanner: value(hasPlanner),
})

const ownPlans = rowsOf(ownPlan, {
  from: sql`planned_membership p join user_group g on g.customer_id = p.customer_id and g.id = p.user_group_id
    join portal_user b on b.customer_id = p.customer_id and b.id = p.planned_by
    where p.customer_id = u.customer_id and p.user_id = u.id and p.refused is null`,
  orderBy: sql`p.due_on, g.number`,
})

/** Whether the user that a query calls `u` has set a password. */
export const isRegistered: RawBuilder<boolean> = sql<boolean>`exists (select from user_credential c
  where c.customer_id = u.customer_id and c.user_id = u.id and c.password_hash is not null)`

/** Of the user that a query calls `u`. */
function shownState({ actor, now }: Context): RawBuilder<UserState> {
  return sql<UserState>`case when u.state = 'active' and u.id in (${lockedUsers(actor, now)}) then 'locked' else u.state::text end`
}

/** Until when the URL is good that the user `u` was sent last; null when there is none. */
export function goodUrlUntil(now: Date): RawBuilder<Date | null> {
  return sql<Date | null>`(select f.expires_at from first_login f where f.customer_id = u.customer_id and f.user_id = u.id
    and f.finished_at is null and f.ended_at is null and f.expires_at > ${now} and f.credential_epoch = u.credential_epoch)`
}
