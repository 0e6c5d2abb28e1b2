import { type RawBuilder, sql } from 'kysely'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { only } from '#platform/database/json-row.ts'
import { type Affects, affectedContracts } from './affects.ts'

/** Whom an outage would reach if it were published now. */
export interface Reach {
  contracts: number
  customers: number
  /** Users who could log in now and may see one of its contracts. */
  users: number
  /** Those of them who wish to be told by mail. */
  mailed: number
  /** The customers with most of its contracts. */
  largest: ReachedCustomer[]
}

export interface ReachedCustomer {
  id: string
  name: string
  contracts: number
  users: number
  mailed: number
  /** The first of its contracts. */
  numbers: string[]
}

const mostCustomers = 20

/** Counts whom it reaches, before anything is told: of one that is `published`, by its id, whom a mail would be sent to once it is widened. Each part is joined by what it has in common: there may be 100,000 contracts, and thousands who may see all of them. */
export async function findReach(
  { tx, now }: OperatorContext,
  { affects, kind, published }: { affects: Affects; kind: IncidentKind; published?: string | undefined },
): Promise<Reach> {
  const { rows } = await sql<Reach>`
    with ${affectedParts(affects)}, ${seeingParts(now)}, wish as (
      select w.* from mail_wish w where w.topic = ${kind} and not exists (
        select from portal_user u where u.customer_id = w.customer_id and u.id = w.user_id and u.mail_refused_at is not null)), ${mailedPart}, ${untoldPart(published)},
    of_customer as (
      select a.customer_id as id, count(*)::integer as contracts from affected a group by 1),
    largest as materialized (
      select o.id, o.contracts, c.name from of_customer o join customer c on c.id = o.id order by o.contracts desc, c.name, o.id limit ${sql.lit(mostCustomers)})
    select (select count(*)::integer from affected) as contracts, (select count(*)::integer from of_customer) as customers,
      (select count(distinct user_id)::integer from seeing) as users, (select count(*)::integer from untold) as mailed,
      coalesce((select json_agg(json_build_object('id', l.id, 'name', l.name, 'contracts', l.contracts,
          'users', (select count(distinct s.user_id) from seeing s where s.customer_id = l.id),
          'mailed', (select count(*) from untold m where m.customer_id = l.id),
          'numbers', (select json_agg(n.number order by n.number) from (
            select k.number from affected a join contract k on k.id = a.id where a.customer_id = l.id order by k.number limit 5) n))
        order by l.contracts desc, l.name, l.id) from largest l), '[]') as largest`.execute(tx)
  return only(rows)
}

/** The contracts, and what of services and sites stands together in them. */
function affectedParts(affects: Affects): RawBuilder<unknown> {
  return sql`affected as materialized (
      select k.customer_id, k.id, k.service_id, k.site_id from (${affectedContracts(affects)}) a join contract k on k.id = a.id),
    place as materialized (select distinct customer_id, service_id, site_id from affected),
    service_of as materialized (select distinct customer_id, service_id from affected)`
}

/** The rules by which active users see some of them: for all services, for a service, for a contract. */
function seeingParts(now: Date): RawBuilder<unknown> {
  return sql`seeing as materialized (
      select distinct u.customer_id, u.id as user_id, r.service_id, r.contract_id
      from (
        select r.* from user_group_right r where r.contract_id is null and r.service_id is null
          and r.customer_id in (select customer_id from service_of)
        union all select r.* from user_group_right r join service_of s on s.customer_id = r.customer_id and s.service_id = r.service_id
          where r.contract_id is null
        union all select r.* from user_group_right r join affected a on a.customer_id = r.customer_id and a.id = r.contract_id) r
      join user_group_member m on m.user_group_id = r.user_group_id join portal_user u on u.id = m.user_id and u.state = 'active'
      join customer c on c.id = u.customer_id and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now}))`
}

/**
 * Who wishes to be told of one that they see: each kind of wish meets each kind of rule where both are about the same contract. They meet
 * by the user alone, who is of one customer: with the customer named as well PostgreSQL expects a single row, and would compare all with all.
 */
const mailedPart = sql`mailed as materialized (
      select w.customer_id, w.user_id from wish w join seeing s on s.user_id = w.user_id
        where num_nonnulls(w.service_id, w.site_id, w.contract_id) = 0
      union select w.customer_id, w.user_id from wish w join seeing s on s.user_id = w.user_id join affected a on a.id = s.contract_id
        where a.service_id = w.service_id or a.site_id = w.site_id or a.id = w.contract_id
      union select w.customer_id, w.user_id from wish w join place p on p.customer_id = w.customer_id and p.service_id = w.service_id
        join seeing s on s.user_id = w.user_id where s.contract_id is null and (s.service_id is null or s.service_id = p.service_id)
      union select w.customer_id, w.user_id from wish w join place p on p.customer_id = w.customer_id and p.site_id = w.site_id
        join seeing s on s.user_id = w.user_id where s.contract_id is null and (s.service_id is null or s.service_id = p.service_id)
      union select w.customer_id, w.user_id from wish w join affected a on a.id = w.contract_id join seeing s on s.user_id = w.user_id
        where s.contract_id is null and (s.service_id is null or s.service_id = a.service_id))`

/** Those of `mailed` who get a mail now: where contracts come to it that were not in it, whoever was not told of it yet. */
function untoldPart(published: string | undefined): RawBuilder<unknown> {
  if (published === undefined) return sql`untold as (select * from mailed)`
  return sql`held as materialized (${heldBy(published)}),
    coming as materialized (select distinct customer_id from affected where id not in (select id from held)),
    told_of as materialized (select t.user_id from incident i join told t on t.customer_id = i.customer_id and t.subject_id = i.id
      where i.outage_id = ${published} and t.kind in ('opened', 'announced')),
    untold as materialized (select m.* from mailed m where m.customer_id in (select customer_id from coming)
      and m.user_id not in (select user_id from told_of))`
}

/** How many contracts it concerns now, of how many customers: by their copies. */
export interface Concerned {
  contracts: number
  customers: number
}

export async function countConcerned({ tx }: Pick<OperatorContext, 'tx'>, id: string): Promise<Concerned> {
  const { rows } = await sql<Concerned>`
    with held as (${heldBy(id)})
    select count(*)::integer as contracts, count(distinct customer_id)::integer as customers from held`.execute(tx)
  return only(rows)
}

/** A select of the contracts that are in the copies of an outage: `customer_id` and `id`. */
function heldBy(outage: string): RawBuilder<unknown> {
  return sql`
    select c.customer_id, c.contract_id as id from incident i
    join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
    where i.outage_id = ${outage} and c.left_at is null`
}

/** How many contracts and customers it is about, and how that differs from where it stands now. */
export interface Extent {
  contracts: number
  customers: number
  /** Contracts that would come to it, and that would leave. */
  coming: number
  leaving: number
  /** Customers of whom some contract is in it now, or would be: all who would notice. */
  touched: number
}

export async function findExtent(
  { tx }: Pick<OperatorContext, 'tx'>,
  { id, affects }: { id: string; affects: Affects },
): Promise<Extent> {
  const { rows } = await sql<Extent>`
    with affected as materialized (${affectedContracts(affects)}), held as materialized (${heldBy(id)})
    select count(a.id)::integer as contracts, count(distinct a.customer_id)::integer as customers,
      (count(*) filter (where h.id is null))::integer as coming, (count(*) filter (where a.id is null))::integer as leaving,
      count(distinct coalesce(a.customer_id, h.customer_id))::integer as touched
    from affected a full join held h on h.id = a.id`.execute(tx)
  return only(rows)
}
