import { type RawBuilder, sql } from 'kysely'
import { touches } from '#features/rights/rule-layers.ts'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Language } from '#platform/words.ts'
import { numberOfLeavingIn, type TellingKind } from '#features/incidents/tellings.ts'

export interface Told {
  customerId: string
  incidentId: string
  topic: IncidentKind
  kind: TellingKind
  number: number
}

/** Somebody who may see what is told of, and wishes to be told. */
export interface ToldReader {
  id: string
  mail: string
  language: Language
  timeZone: string
  /** By which it is wished; the narrowest. */
  wishId: string
}

export interface ToldUser extends ToldReader {
  /** The first of the contracts that this user sees and wishes to be told of, and how many there are. */
  numbers: string[]
  contracts: number
  /** When something else was said of the incident so short a while ago that this has to wait. */
  waits: boolean
}

/** How many at once: each is told in the transaction that notes it. */
export const toldAtOnce = 200

/**
 * Those who have the right at this moment, and wish it at this moment, whose address takes mails, and who were not told yet; in the order of their ids. By contracts
 * that left before, nobody is told of what comes.
 */
export async function findRecipients(
  tx: Transaction,
  told: Told,
  { after, now, quietFrom }: { after: string; now: Date; quietFrom: Date },
): Promise<ToldUser[]> {
  const { customerId, incidentId, topic, kind, number } = told
  const { rows } = await sql<ToldUser>`
    select u.id, u.mail, u.mail_language as language, u.time_zone as "timeZone", f.wish as "wishId", f.numbers, f.contracts,
      exists (select from told o where o.customer_id = ${customerId} and o.subject_id = ${incidentId} and o.user_id = u.id
        and o.told_at > ${quietFrom}) as waits
    from portal_user u join customer c on c.id = u.customer_id cross join lateral (${concernedOf(told)}) f
    where u.customer_id = ${customerId} and u.id > ${after} and u.state = 'active' and u.mail_refused_at is null
      and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now}) and f.contracts > 0
      and exists (select from mail_wish w where w.customer_id = ${customerId} and w.topic = ${topic} and w.user_id = u.id)
      and not exists (select from told o where o.customer_id = ${customerId} and o.subject_id = ${incidentId} and o.user_id = u.id
        and o.kind = ${kind} and o.number = ${number})
    order by u.id limit ${sql.lit(toldAtOnce)}`.execute(tx)
  return rows
}

/**
 * Of a user `u`: the contracts of an incident that this user may see, by some rule of some group, and wishes to be told of. Those that
 * are in it; or of which it is told that they left.
 */
function concernedOf({ incidentId, topic, kind, number }: Told): RawBuilder<unknown> {
  const isMeant = kind === 'left' ? sql`${numberOfLeavingIn('i.left_at')} = ${number}` : sql`i.left_at is null`
  return sql`
    select (array_agg(w.id order by w.width, w.id))[1] as wish, count(distinct k.id)::integer as contracts,
      (array_agg(distinct k.number order by k.number))[1:5] as numbers
    from incident_contract i join contract k on k.customer_id = i.customer_id and k.id = i.contract_id
    join lateral (
      select w.id, case when w.contract_id is not null then 1 when w.site_id is not null then 2 when w.service_id is not null then 3 else 4 end as width
      from mail_wish w where w.customer_id = u.customer_id and w.user_id = u.id and w.topic = ${topic}
        and (w.service_id is null or w.service_id = k.service_id) and (w.site_id is null or w.site_id = k.site_id)
        and (w.contract_id is null or w.contract_id = k.id)) w on true
    where i.customer_id = u.customer_id and i.incident_id = ${incidentId} and ${isMeant} and k.ended_on is null and exists (
      select from user_group_member m join user_group_right r on r.customer_id = m.customer_id and r.user_group_id = m.user_group_id
      where m.customer_id = u.customer_id and m.user_id = u.id and ${touches('r', { id: 'k.id', service: 'k.service_id' })})`
}
