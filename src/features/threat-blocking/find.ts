import { type RawBuilder, sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import type { Phrase } from '#platform/words.ts'

/** Days up to today, in the operator's time zone. */
export const daysShown = 31

/** Contracts that are told apart: those from which most was kept. */
const mostContracts = 20

export interface BlockedKind {
  kind: Phrase
  count: number
}

export interface BlockedDay {
  /** 2026-11-22. */
  day: string
  count: number
  kinds: BlockedKind[]
}

export interface BlockedSubject {
  /** Null: the service as a whole. The id is null once the contract has ended. */
  contract: { id: string | null; number: string; site: string | null } | null
  service: Phrase
  count: number
}

/** What was kept from the contracts that the user may see. */
export interface BlockedTraffic {
  /** Days of which there are counts, the newest first. */
  days: BlockedDay[]
  /** Over all days, the most first. */
  kinds: BlockedKind[]
  /** The most first, and no more than `mostContracts`. */
  subjects: BlockedSubject[]
  /** Of how many contracts and services there are counts. */
  subjectCount: number
  /** The services that such counts come from, in the operator's order. */
  sources: { id: string; name: Phrase }[]
}

export async function findBlockedTraffic({ tx, actor, now }: Context): Promise<BlockedTraffic> {
  const { customer, scope } = actor
  const seen = seenBy(scope)
  const { rows } = await sql<BlockedTraffic>`
    with ${seen.ruled}, today as (
      select (${now}::timestamptz at time zone time_zone)::date as day from operator
    ), kept as materialized (
      select b.day, b.subject_id, b.service_id, b.contract_id, b.kind_ja, b.kind_en, b.count
      from today join blocked_traffic b on b.day > today.day - ${sql.lit(daysShown)} and b.day <= today.day
      left join contract k on k.customer_id = b.customer_id and k.id = b.contract_id
      where b.customer_id = ${customer.id} and case when b.contract_id is null then ${seen.isWhole('b.service_id')}
        else ${seen.isSeen({ id: 'k.id', service: 'k.service_id' })} end
    ), each_kind as (
      select day, kind_ja, max(kind_en) as kind_en, sum(count) as count from kept group by grouping sets ((day, kind_ja), (kind_ja))
    ), each_day as (
      select day, sum(count) as count, ${kindsJson} as kinds from each_kind where day is not null group by day
    ), each_subject as (
      select subject_id, service_id, contract_id, sum(count) as count from kept group by subject_id, service_id, contract_id
    )
    select
      coalesce((select json_agg(json_build_object('day', day, 'count', count, 'kinds', kinds) order by day desc) from each_day), '[]') as days,
      (select coalesce(${kindsJson}, '[]') from each_kind where day is null) as kinds,
      coalesce((select json_agg(json_build_object('service', json_build_object('ja', s.name_ja, 'en', s.name_en), 'count', m.count,
          'contract', case when k.id is not null then json_build_object('id', case when k.ended_on is null then k.id end, 'number', k.number, 'site', t.name) end)
          order by m.count desc, k.number)
        from (select * from each_subject order by count desc, subject_id limit ${sql.lit(mostContracts)}) m join service s on s.id = m.service_id
        left join contract k on k.customer_id = ${customer.id} and k.id = m.contract_id
        left join site t on t.customer_id = k.customer_id and t.id = k.site_id), '[]') as subjects,
      (select count(*)::integer from each_subject) as "subjectCount",
      coalesce((select json_agg(json_build_object('id', id, 'name', json_build_object('ja', name_ja, 'en', name_en)) order by position, code)
        from service where blocks_traffic), '[]') as sources`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('A select without from answers one row')
  return found
}

const kindsJson: RawBuilder<BlockedKind[]> = sql`
  json_agg(json_build_object('kind', json_build_object('ja', kind_ja, 'en', kind_en), 'count', count) order by count desc, kind_ja)`
