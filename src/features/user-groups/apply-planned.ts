import { sql } from 'kysely'
import { tellAdministrators } from '#features/mails/tell-administrators.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { changeMembers } from './inner/change-members.ts'
import { planRefusedEmail } from './plan-refused.email.ts'
import type { PlanRefusal } from './planned.ts'

export interface Applying {
  database: Database
  secrets: Secrets
  now: () => Date
}

/** Of one run; what is left is done by the next, a minute later. */
const mostAtOnce = 500

/**
 * Makes the memberships whose day has begun for their customer, each in a transaction of its own, in the name of whoever planned
 * it, if that is an active administrator still. Answers how many days' plans it came to.
 */
export async function applyPlanned(applying: Applying): Promise<number> {
  const { database, now } = applying
  for (let done = 0; done < mostAtOnce; done++) {
    const isMore = await database.transaction((tx) => applyNext(applying, tx, now()))
    if (!isMore) return done
  }
  return mostAtOnce
}

interface Due {
  id: string
  customerId: string
  userId: string
  userName: string
  isThere: boolean
  groupId: string
  groupName: string
  isAutomatic: boolean
  joins: boolean
  plannerId: string
  plannerName: string
  mayPlan: boolean
}

async function applyNext({ secrets }: Applying, tx: Transaction, now: Date): Promise<boolean> {
  const due = await takeNext(tx, now)
  if (!due) return false
  const by = {
    tx,
    now,
    secrets,
    actor: { customer: { id: due.customerId }, userId: due.plannerId, name: due.plannerName },
  }
  const refused = await judge(by, due)
  if (refused === undefined) {
    await tx.deleteFrom('planned_membership').where('id', '=', due.id).execute()
    return true
  }
  await tx.updateTable('planned_membership').set({ refused }).where('id', '=', due.id).execute()
  const facts = { user: due.userName, group: due.groupName, joins: due.joins, refused }
  await tellAdministrators(by, 'membership-plan-refused', (language) => planRefusedEmail(language, facts))
  return true
}

/** The next one, which nobody else has in hand. */
async function takeNext(tx: Transaction, now: Date): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    select p.id, p.customer_id as "customerId", u.id as "userId", u.name as "userName", u.urgency is not null as "isThere",
      g.id as "groupId", g.name as "groupName", g.is_automatic as "isAutomatic", p.joins, b.id as "plannerId", b.name as "plannerName",
      b.state = 'active' and b.role = 'portal-administrator'
        and is_in_period(b.begins_on, b.ends_on, c.time_zone, ${now}) as "mayPlan"
    from planned_membership p join customer c on c.id = p.customer_id
      join portal_user u on u.customer_id = p.customer_id and u.id = p.user_id
      join portal_user b on b.customer_id = p.customer_id and b.id = p.planned_by
      join user_group g on g.customer_id = p.customer_id and g.id = p.user_group_id
    where p.refused is null and p.due_on <= (${now}::timestamptz at time zone 'UTC')::date + 1
      and p.due_on <= (${now}::timestamptz at time zone c.time_zone)::date
    -- Whoever joins comes before whoever leaves: else a day could begin without anybody in a group.
    order by p.due_on, p.joins desc, p.planned_at, p.id limit 1 for update of p skip locked`.execute(tx)
  return rows[0]
}

async function judge(by: Parameters<typeof changeMembers>[0], due: Due): Promise<PlanRefusal | undefined> {
  if (!due.isThere) return 'user-gone'
  if (!due.mayPlan) return 'planner-gone'
  const group = { id: due.groupId, name: due.groupName, isAutomatic: due.isAutomatic }
  const changed = await withSavepoint(
    by.tx,
    () => changeMembers(by, { group, userIds: [due.userId], isMember: due.joins }),
    ({ ok }) => !ok,
  )
  return changed.ok ? undefined : changed.problem
}
