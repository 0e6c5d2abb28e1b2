import { type RawBuilder, sql } from 'kysely'
import { type Fact, jsonRow, phrase, value, when } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

interface SubjectService {
  id: string
  code: string
  name: Phrase
}

/** What an order, a ticket or an incident is about. */
export interface Subject<Service extends SubjectService | null = SubjectService> {
  service: Service
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

const service: Fact<SubjectService> = jsonRow({
  id: value('r.service_id'),
  code: value('r.service_code'),
  name: phrase('r.service'),
})
const contract: Fact<Subject['contract']> = when(
  sql`r.contract_number is not null`,
  jsonRow({ number: value('r.contract_number'), site: value('r.site_name'), id: value('r.open_contract_id') }),
)

/** A Subject, of a row `r` with these columns: made for the rows of a page alone. */
export const subjectRow: Fact<Subject> = jsonRow({ service, contract })

/** Of a ticket; without a service it is about the portal itself. */
export type TicketSubject = Subject<SubjectService | null>

/** The same of what may be about no service. */
export const ticketSubjectRow: Fact<TicketSubject> = jsonRow({
  service: when(sql`r.service_id is not null`, service),
  contract,
})

/** Of a row `r` with these columns, a code and a title: what keywords are looked for in. */
export const subjectSearch = ['r.code', 'r.title_ja', 'r.title_en', 'r.contract_number'] as const

/** To what a list of orders, tickets or incidents may be narrowed. */
export interface SubjectScope {
  serviceId?: string | undefined
}

/** Of a row `r` with these columns: it is within the scope. */
export function isOf({ serviceId }: SubjectScope): RawBuilder<unknown> {
  return serviceId === undefined ? sql`true` : sql`r.service_id = ${serviceId}`
}

const contractJoins: RawBuilder<unknown> = sql`
  left join contract k on k.customer_id = r.customer_id and k.id = r.contract_id
  left join site t on t.customer_id = k.customer_id and t.id = k.site_id`

/** The same where a row may be about no service. */
export const ticketSubjectJoins: RawBuilder<unknown> = sql`${contractJoins}
  left join service s on s.id = coalesce(k.service_id, r.service_id)`

/** Joins what rows `r` with a service and perhaps a contract are about. A contract's own service counts. */
export const subjectJoins: RawBuilder<unknown> = sql`${contractJoins}
  join service s on s.id = coalesce(k.service_id, r.service_id)`
