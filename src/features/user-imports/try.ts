import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { keepTried } from '#features/file-imports/keep.ts'
import { planOf, type KnownUser } from './inner/plan-rows.ts'
import { changesOf, type ImportMode, type Plan, type ReadRow, type RowFault } from './plan.ts'

interface Tried {
  mode: ImportMode
  rows: readonly ReadRow[]
  /** What is wrong with cells by themselves. */
  faults: readonly RowFault[]
}

/**
 * Works out what a file would do, and keeps that for its author, in place of what the author has tried before; answers its id.
 * Nothing is asked of other customers: whether an address is one of theirs shows when it is done, and counts as everywhere.
 */
export async function tryImport(ctx: Context, tried: Tried): Promise<string> {
  const { actor } = ctx
  const [users, groups] = await Promise.all([findUsers(ctx), findGroups(ctx)])
  const plan = planOf(tried, { users, groups, authorId: actor.userId, customersZone: actor.customer.timeZone })
  return keepTried(ctx, { kind: 'users', contractId: null, plan, rows: changesOf(plan).length })
}

async function findUsers({ tx, actor }: Context): Promise<KnownUser[]> {
  const { rows } = await sql<KnownUser>`
    select u.id, u.version, u.name, u.kana, u.mail, u.login_id as "loginId", u.phone, u.second_factor as "secondFactor", u.role,
      u.mail_language as "mailLanguage", u.time_zone as "timeZone", u.job_title as "jobTitle", u.mobile_phone as "mobilePhone",
      u.comment, u.mobile_threshold_mail as "mobileThresholdMail",
      coalesce(u.begins_on::text, '') as "beginsOn", coalesce(u.ends_on::text, '') as "endsOn", u.state,
      array(select m.user_group_id from user_group_member m where m.customer_id = u.customer_id and m.user_id = u.id) as "groupIds"
    from portal_user u where u.customer_id = ${actor.customer.id} and u.urgency is not null`.execute(tx)
  return rows
}

async function findGroups({ tx, actor }: Context): Promise<Plan['groups']> {
  const { rows } = await sql<Plan['groups'][number]>`
    select id, name, is_automatic as "isAutomatic", version + rights_version as version
    from user_group where customer_id = ${actor.customer.id}`.execute(tx)
  return rows
}
