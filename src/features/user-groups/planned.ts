import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { findLosses } from '#features/administrators/losses.ts'
import { recordChange } from '#features/change-history/record.ts'
import type { Confirmed } from '#platform/context.ts'
import { at, type JsonRow, jsonRow, only, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { lockGroup } from './inner/lock-group.ts'

/** Why a planned change was not made on its day. */
export type PlanRefusal = 'last-administrator' | 'user-gone' | 'planner-gone'

/** That a user shall join or leave a group when a day begins for the customer. */
export interface PlannedMembership {
  id: string
  user: { id: string; name: string; mail: string }
  group: { id: string; name: string; number: string; isAutomatic: boolean }
  joins: boolean
  /** Such as `2027-04-01`. */
  dueOn: string
  plannedBy: string
  /** As it is now, whoever planned it is no active administrator on its day: it will not be made. */
  isWithoutPlanner: boolean
  plannedAt: Date
  /** Null: it waits for its day. */
  refused: PlanRefusal | null
}

/** Of whom, of what, and by whom; nothing: all. */
export interface PlanScope {
  userId?: string | undefined
  groupId?: string | undefined
  plannerId?: string | undefined
}

export const planStates = ['waiting', 'without-planner', 'refused'] as const
export type PlanState = (typeof planStates)[number]

/** Most that may wait for one user. */
export const mostPlansOfUser = 20

/** So far ahead something can be planned, in days. */
const planAhead = 731

const plannedRow: JsonRow<PlannedMembership> = jsonRow({
  id: value('r.id'),
  user: jsonRow({ id: value('r.user_id'), name: value('r.user_name'), mail: value('r.mail') }),
  group: jsonRow({
    id: value('r.user_group_id'),
    name: value('r.group_name'),
    number: value('r.number'),
    isAutomatic: value('r.is_automatic'),
  }),
  joins: value('r.joins'),
  dueOn: value('r.due_on'),
  plannedBy: value('r.planned_by_name'),
  isWithoutPlanner: value(sql`r.state = 'without-planner'`),
  plannedAt: at('r.planned_at'),
  refused: value('r.refused'),
})

/** Of a plan `p`: on its day whoever planned it, `b`, is an active administrator, as it is now. */
export const hasPlanner: RawBuilder<boolean> = sql<boolean>`(b.state = 'active' and b.role = 'portal-administrator'
  and p.due_on <@ daterange(b.begins_on, b.ends_on, '[]'))`

/** What is planned, the next first, and what could not be done. */
export const plannedList = defineList({
  seen: ({ actor }: Context, of: PlanScope) => sql`seen as (
    select p.id, p.user_id, u.name as user_name, u.mail, p.user_group_id, g.name as group_name, g.number, g.is_automatic, p.joins,
      p.due_on::text as due_on, b.name as planned_by_name, p.planned_at, p.refused,
      case when p.refused is not null then 'refused' when ${hasPlanner} then 'waiting' else 'without-planner' end as state
    from planned_membership p
    join portal_user u on u.customer_id = p.customer_id and u.id = p.user_id
    join portal_user b on b.customer_id = p.customer_id and b.id = p.planned_by
    join user_group g on g.customer_id = p.customer_id and g.id = p.user_group_id
    where p.customer_id = ${actor.customer.id} and u.urgency is not null and ${isOf(of)})`,
  row: plannedRow,
  search: ['r.user_name', 'r.mail', 'r.group_name'],
  facets: { state: { values: planStates, column: 'r.state' } },
  sortedBy: {
    dueOn: ascending(byText('r.due_on'), byText('r.user_name')),
    user: ascending(byText('r.user_name')),
    group: ascending(byText('r.number')),
  },
  last: [byText(sql`r.id::text`)],
})

function isOf({ userId, groupId, plannerId }: PlanScope): RawBuilder<unknown> {
  const is = (column: string, id: string | undefined): RawBuilder<unknown> =>
    id === undefined ? sql`true` : sql`${sql.ref(column)} = ${id}`
  return sql`${is('p.user_id', userId)} and ${is('p.user_group_id', groupId)} and ${is('p.planned_by', plannerId)}`
}

/** How much these people have planned for others: without them it comes to nothing. */
export async function countPlansBy({ tx, actor }: Context, userIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ plans: number }>`
    select count(*)::int as plans from planned_membership p join portal_user u on u.customer_id = p.customer_id and u.id = p.user_id
    where p.customer_id = ${actor.customer.id} and p.planned_by = any(${userIds}::uuid[]) and p.refused is null
      and p.user_id <> all(${userIds}::uuid[]) and u.urgency is not null`.execute(tx)
  return only(rows).plans
}

export interface Plan {
  userId: string
  groupId: string
  joins: boolean
  dueOn: string
}

export type PlanProblem = 'not-ahead' | 'too-far-ahead' | 'planned-already' | 'too-many' | 'last-administrator' | 'gone'

/** Plans that a user joins or leaves a group. Answers its id. */
export async function planMembership(ctx: Confirmed<Context>, plan: Plan): Promise<Outcome<string, PlanProblem>> {
  const { tx, actor, now } = ctx
  // Two who plan that the last two administrators leave must not both find the other one staying.
  if (!(await lockGroup(ctx, plan.groupId))) return refuse('gone')
  const found = await findFacts(ctx, plan)
  if (!found) return refuse('gone')
  const problem = problemOf(found)
  if (problem) return refuse(problem)
  if (!plan.joins && found.isAutomatic) {
    const losses = await findLosses(ctx, { userIds: [plan.userId], inGroupBefore: plan.dueOn })
    if (losses.inAutomaticGroup) return refuse('last-administrator')
  }
  const { rows } = await sql<{ id: string }>`
    insert into planned_membership (customer_id, user_group_id, user_id, joins, due_on, planned_by, planned_at)
    values (${actor.customer.id}, ${plan.groupId}, ${plan.userId}, ${plan.joins}, ${plan.dueOn}, ${actor.userId}, ${now})
    on conflict do nothing returning id`.execute(tx)
  const [row] = rows
  if (!row) return refuse('planned-already')
  await note(ctx, 'membership-planned', { ...plan, name: found.name, group: found.group })
  return done(row.id)
}

interface Facts {
  name: string
  group: string
  isAhead: boolean
  isTooFar: boolean
  plans: number
  isAutomatic: boolean
}

function problemOf({ isAhead, isTooFar, plans }: Facts): PlanProblem | undefined {
  if (!isAhead) return 'not-ahead'
  if (isTooFar) return 'too-far-ahead'
  if (plans >= mostPlansOfUser) return 'too-many'
  return undefined
}

async function findFacts({ tx, actor, now }: Context, plan: Plan): Promise<Facts | undefined> {
  const { userId, groupId, dueOn } = plan
  const { rows } = await sql<Facts>`
    select u.name, g.name as "group", ${dueOn}::date > today as "isAhead", ${dueOn}::date > today + ${sql.lit(planAhead)} as "isTooFar",
      (select count(*)::int from planned_membership p where p.customer_id = c.id and p.user_id = u.id and p.refused is null) as plans, g.is_automatic as "isAutomatic"
    from customer c cross join lateral (select (${now}::timestamptz at time zone c.time_zone)::date as today) t
      join portal_user u on u.customer_id = c.id join user_group g on g.customer_id = c.id
    where c.id = ${actor.customer.id} and u.id = ${userId} and u.urgency is not null and g.id = ${groupId}`.execute(tx)
  return rows[0]
}

/** Forgets what was planned, or that it could not be done. Answers what it was; undefined: there is no such plan any longer. */
export async function cancelPlanned(ctx: Context, id: string): Promise<Plan | undefined> {
  const { tx, actor } = ctx
  const { rows } = await sql<Plan & { name: string; group: string; refused: string | null }>`
    delete from planned_membership p using portal_user u, user_group g
    where p.customer_id = ${actor.customer.id} and p.id = ${id} and u.customer_id = p.customer_id and u.id = p.user_id
      and g.customer_id = p.customer_id and g.id = p.user_group_id
    returning p.user_id as "userId", p.user_group_id as "groupId", p.joins, p.due_on::text as "dueOn", u.name, g.name as "group", p.refused`.execute(
    tx,
  )
  const [plan] = rows
  if (plan?.refused === null) await note(ctx, 'membership-plan-cancelled', plan)
  return plan
}

async function note(
  ctx: Context,
  action: 'membership-planned' | 'membership-plan-cancelled',
  { userId, name, group, joins, dueOn }: Plan & { name: string; group: string },
): Promise<void> {
  const planned = { [joins ? 'joins' : 'leaves']: group, dueOn }
  const subject = { kind: 'user', id: userId, name } as const
  await recordChange(ctx, {
    action,
    subject,
    ...(action === 'membership-planned' ? { after: planned } : { before: planned }),
  })
}
