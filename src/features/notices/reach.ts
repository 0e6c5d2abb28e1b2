import { type RawBuilder, sql } from 'kysely'
import { touches } from '#features/rights/rule-layers.ts'
import type { Transaction } from '#platform/database/database.ts'
import { only } from '#platform/database/json-row.ts'
import type { Audience } from './campaign.ts'

/** Whom a notice would reach if it were shown now. */
export interface Reach {
  customers: number
  /** Those who could log in and read it. */
  users: number
  /** Those of them who wish to be told by mail, and whose address takes it. */
  mailed: number
}

export async function countReach({ tx, now }: { tx: Transaction; now: Date }, audience: Audience): Promise<Reach> {
  const { rows } = await sql<Reach>`
    with reached as materialized (select u.customer_id, ${isMailed()} as is_mailed ${usersReached(audience, now)})
    select (select count(*)::integer from customer c where ${isMeant(audience)}) as customers, count(*)::integer as users,
      (count(*) filter (where is_mailed))::integer as mailed from reached`.execute(tx)
  return only(rows)
}

/** For a `from`: users `u` with their customer `c` who may read it, each by their own rights. */
export function usersReached(audience: Audience, now: Date): RawBuilder<unknown> {
  const { services, isForAdministrators } = audience
  return sql`from portal_user u join customer c on c.id = u.customer_id
    where ${isMeant(audience)} and u.state = 'active' and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now})
      and ${isForAdministrators ? sql`u.role = 'portal-administrator'` : sql`true`}
      and ${services === null ? sql`true` : seesOneOf(services)}`
}

/** Of a user `u`. */
export function isMailed(): RawBuilder<boolean> {
  return sql<boolean>`(u.mail_refused_at is null and exists (
    select from mail_wish w where w.customer_id = u.customer_id and w.user_id = u.id and w.topic = 'news'))`
}

/** Of a customer `c`. */
function isMeant({ customers }: Audience): RawBuilder<unknown> {
  return sql`not c.is_house and ${customers === null ? sql`true` : sql`c.id = any(${customers}::uuid[])`}`
}

/** Of a user `u`: some rule of some group shows a contract of one of the services. */
function seesOneOf(services: readonly string[]): RawBuilder<unknown> {
  return sql`exists (
    select from contract k where k.customer_id = u.customer_id and k.service_id = any(${services}::uuid[]) and k.ended_on is null and exists (
      select from user_group_member m join user_group_right r on r.customer_id = m.customer_id and r.user_group_id = m.user_group_id
      where m.customer_id = u.customer_id and m.user_id = u.id and ${touches('r', { id: 'k.id', service: 'k.service_id' })}))`
}
