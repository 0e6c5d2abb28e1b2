import { type RawBuilder, sql } from 'kysely'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Phrase } from '#platform/words.ts'

/** What an order, a ticket or an incident is about. */
export interface Subject {
  service: { id: string; code: string; name: Phrase }
  /** Null: the service as such. */
  contract: {
    number: string
    site: string | null
    /** Null once the contract has ended: it has no page then. */
    id: string | null
  } | null
}

/** The columns that a Subject is made of: of its service `s` and, where there is one, its contract `k` with its site `t`. */
export const subjectColumns: RawBuilder<unknown> = sql`s.id as service_id, s.code as service_code, s.name_ja as service_ja,
  s.name_en as service_en, k.number as contract_number, t.name as site_name, case when k.ended_on is null then k.id end as open_contract_id`

/** A Subject, of a row `r` with these columns: made for the rows of a page alone. */
export const subjectJson: RawBuilder<Subject> = sql<Subject>`json_build_object(
  'service', json_build_object('id', r.service_id, 'code', r.service_code, 'name', json_build_object('ja', r.service_ja, 'en', r.service_en)),
  'contract', case when r.contract_number is not null then json_build_object(
    'number', r.contract_number, 'site', r.site_name, 'id', r.open_contract_id) end)`

/** Of a row `r` with these columns, a code and a title: it holds every term. */
export function subjectHolds(terms: readonly string[]): RawBuilder<boolean> {
  return holdsTerms(terms, ['r.code', 'r.title_ja', 'r.title_en', 'r.contract_number'])
}

/** Joins what rows `r` with a service and perhaps a contract are about. A contract's own service counts. */
export const subjectJoins: RawBuilder<unknown> = sql`
  left join contract k on k.customer_id = r.customer_id and k.id = r.contract_id
  left join site t on t.customer_id = k.customer_id and t.id = k.site_id
  join service s on s.id = coalesce(k.service_id, r.service_id)`
