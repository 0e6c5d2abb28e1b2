import { sql } from 'kysely'
import type { AccessEvent, AccessReason } from '#features/access-history/events.ts'
import type { Context, Role } from '#features/actor.ts'
import type { NoticeState } from '#features/first-login/notice-state.ts'
import type { OrderState } from '#features/orders/order.ts'
import { type PeriodStage, stageOf } from '#features/periods-of-use/period.ts'
import { lockedUsers } from '#features/sign-in/locked.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import type { TicketState } from '#features/tickets/ticket.ts'
import type { UserState } from '#features/users/user.ts'
import type { Phrase } from '#platform/words.ts'

/** How many of a kind are shown of a customer; the search finds the others. */
export const mostShown = 20

export interface Overview {
  contracts: {
    total: number
    rows: { id: string; number: string; service: Phrase; site: string | null; status: ContractStatus }[]
  }
  users: { total: number; rows: OverviewUser[] }
  groups: { id: string; number: string; name: string; members: number; rules: number }[]
  orders: { id: string; code: string; title: Phrase; state: OrderState; orderedOn: string }[]
  tickets: { id: string; code: string; title: Phrase; state: TicketState; updatedAt: Date }[]
  mails: { id: string; at: Date; kind: string; recipient: string; state: NoticeState; problem: string | null }[]
  changes: { id: string; at: Date; by: string; action: string; subject: string }[]
  accesses: { id: string; at: Date; user: string; event: AccessEvent; reason: AccessReason | null }[]
}

export interface OverviewUser {
  id: string
  name: string
  mail: string
  role: Role
  state: UserState
  stage: PeriodStage
  lastSignInAt: Date | null
  /** Of the newest mail. */
  mailState: NoticeState | null
  /** What the mail server said, if it did not take that. */
  mailProblem: string | null
}

/** What staff see of a customer at once: the worst contracts, the users, and of everything else the newest. Without secrets. */
export async function findOverview(ctx: Context, contractNumber: string | undefined): Promise<Overview> {
  const [contracts, users, groups, work, mails, histories] = await Promise.all([
    findContracts(ctx, contractNumber),
    findUsers(ctx),
    findGroups(ctx),
    findWork(ctx),
    findMails(ctx),
    findHistories(ctx),
  ])
  return { contracts, users, groups, ...work, mails, ...histories }
}

async function findContracts({ tx, actor }: Context, first: string | undefined): Promise<Overview['contracts']> {
  const customer = actor.customer.id
  const [counted, { rows }] = await Promise.all([
    sql<{
      total: number
    }>`select coalesce(sum(contracts), 0) as total from contract_count where customer_id = ${customer}`.execute(tx),
    sql<Overview['contracts']['rows'][number]>`
      select k.id, k.number, json_build_object('ja', s.name_ja, 'en', s.name_en) as service, t.name as site, k.status from (
        (select * from contract where customer_id = ${customer} and number = ${first ?? ''} and ended_on is null)
        union all
        (select * from contract where customer_id = ${customer} and number <> ${first ?? ''} and ended_on is null
          order by urgency, number, id limit ${sql.lit(mostShown)})) k
      join service s on s.id = k.service_id left join site t on t.customer_id = k.customer_id and t.id = k.site_id
      order by k.number <> ${first ?? ''}, k.urgency, k.number`.execute(tx),
  ])
  return { total: counted.rows[0]?.total ?? 0, rows }
}

async function findUsers({ tx, actor, now }: Context): Promise<Overview['users']> {
  const customer = actor.customer.id
  const [counted, { rows }] = await Promise.all([
    sql<{
      total: number
    }>`select coalesce(sum(users), 0) as total from user_count where customer_id = ${customer}`.execute(tx),
    sql<OverviewUser>`
      select u.id, u.name, u.mail, u.role, u.last_sign_in_at as "lastSignInAt", ${stageOf(customer, now)} as stage,
        case when u.state = 'active' and u.id in (${lockedUsers(actor, now)}) then 'locked' else u.state::text end as state,
        m.state as "mailState", m.last_problem as "mailProblem"
      from (select * from portal_user where customer_id = ${customer} and urgency is not null
        order by urgency, kana_order, name, mail limit ${sql.lit(mostShown)}) u
      left join lateral (select state, last_problem from mail where customer_id = u.customer_id and user_id = u.id
        order by created_at desc limit 1) m on true
      order by u.urgency, u.kana_order, u.name, u.mail`.execute(tx),
  ])
  return { total: counted.rows[0]?.total ?? 0, rows }
}

async function findGroups({ tx, actor }: Context): Promise<Overview['groups']> {
  const { rows } = await sql<Overview['groups'][number]>`
    select g.id, g.number, g.name,
      (select count(*) from user_group_member m where m.customer_id = g.customer_id and m.user_group_id = g.id) as members,
      (select count(*) from user_group_right r where r.customer_id = g.customer_id and r.user_group_id = g.id) as rules
    from user_group g where g.customer_id = ${actor.customer.id} order by g.number limit ${sql.lit(mostShown)}`.execute(
    tx,
  )
  return rows
}

async function findWork({ tx, actor }: Context): Promise<Pick<Overview, 'orders' | 'tickets'>> {
  const title = sql`json_build_object('ja', r.title_ja, 'en', r.title_en) as title`
  const [orders, tickets] = await Promise.all([
    sql<Overview['orders'][number]>`
      select r.id, r.code, ${title}, r.state, r.ordered_on as "orderedOn" from contract_order r
      where r.customer_id = ${actor.customer.id} order by r.ordered_on desc, r.code desc limit 10`.execute(tx),
    sql<Overview['tickets'][number]>`
      select r.id, r.code, ${title}, r.state, r.updated_at as "updatedAt" from ticket r
      where r.customer_id = ${actor.customer.id} order by r.opened_at desc, r.code desc limit 10`.execute(tx),
  ])
  return { orders: orders.rows, tickets: tickets.rows }
}

async function findMails({ tx, actor }: Context): Promise<Overview['mails']> {
  const { rows } = await sql<Overview['mails'][number]>`
    select id, created_at as at, kind, recipient, state, last_problem as problem from mail
    where customer_id = ${actor.customer.id} order by created_at desc limit 10`.execute(tx)
  return rows
}

async function findHistories({ tx, actor }: Context): Promise<Pick<Overview, 'changes' | 'accesses'>> {
  const [changes, accesses] = await Promise.all([
    sql<Overview['changes'][number]>`
      select id::text, at, actor_name as by, action, subject_name as subject from change_history
      where customer_id = ${actor.customer.id} order by at desc, id desc limit 10`.execute(tx),
    sql<Overview['accesses'][number]>`
      select id::text, at, user_name as user, event, reason from access_history
      where customer_id = ${actor.customer.id} order by at desc, id desc limit 10`.execute(tx),
  ])
  return { changes: changes.rows, accesses: accesses.rows }
}
