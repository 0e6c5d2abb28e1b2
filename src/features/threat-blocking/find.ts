import { sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { type Json, jsonRow, only, phrase, rowsOf, value, when } from '#platform/database/json-row.ts'
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
  const traffic = jsonRow<BlockedTraffic>({
    days: rowsOf(blockedDay, { from: sql`each_day`, orderBy: sql`day desc` }),
    kinds: rowsOf(blockedKind, { from: sql`each_kind where day is null`, orderBy: mostFirst }),
    subjects: rowsOf(blockedSubject, {
      from: sql`(select * from each_subject order by count desc, subject_id limit ${sql.lit(mostContracts)}) m
        join service s on s.id = m.service_id
        left join contract k on k.customer_id = ${customer.id} and k.id = m.contract_id
        left join site t on t.customer_id = k.customer_id and t.id = k.site_id`,
      orderBy: sql`m.count desc, k.number`,
    }),
    subjectCount: value(sql`(select count(*)::integer from each_subject)`),
    sources: rowsOf(source, { from: sql`service where blocks_traffic`, orderBy: sql`position, code` }),
  })
  const { rows } = await sql<Json<BlockedTraffic>>`
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
      select day, sum(count) as count, json_agg(${blockedKind.json} order by ${mostFirst}) as kinds from each_kind where day is not null group by day
    ), each_subject as (
      select subject_id, service_id, contract_id, sum(count) as count from kept group by subject_id, service_id, contract_id
    )
    select ${traffic.columns}`.execute(tx)
  return traffic.read(only(rows))
}

const mostFirst = sql`count desc, kind_ja`
const blockedKind = jsonRow<BlockedKind>({ kind: phrase('kind'), count: value('count') })
const blockedDay = jsonRow<BlockedDay>({ day: value('day'), count: value('count'), kinds: value('kinds') })

const blockedSubject = jsonRow<BlockedSubject>({
  contract: when(
    sql`k.id is not null`,
    jsonRow({
      id: value(sql`case when k.ended_on is null then k.id end`),
      number: value('k.number'),
      site: value('t.name'),
    }),
  ),
  service: phrase('s.name'),
  count: value('m.count'),
})

const source = jsonRow<BlockedTraffic['sources'][number]>({ id: value('id'), name: phrase('name') })
