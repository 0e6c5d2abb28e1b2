import { type RawBuilder, sql } from 'kysely'
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

/** A Subject, of `s`, its service, and where there is a contract `k` and its site `t`. */
export const subjectJson: RawBuilder<Subject> = sql<Subject>`json_build_object(
  'service', json_build_object('id', s.id, 'code', s.code, 'name', json_build_object('ja', s.name_ja, 'en', s.name_en)),
  'contract', case when k.id is not null then json_build_object(
    'number', k.number, 'site', t.name, 'id', case when k.ended_on is null then k.id end) end)`

/** Joins what rows `r` with a service and perhaps a contract are about. A contract's own service counts. */
export const subjectJoins: RawBuilder<unknown> = sql`
  left join contract k on k.customer_id = r.customer_id and k.id = r.contract_id
  left join site t on t.customer_id = k.customer_id and t.id = k.site_id
  join service s on s.id = coalesce(k.service_id, r.service_id)`
