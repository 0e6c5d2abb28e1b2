import { type RawBuilder, sql } from 'kysely'
import { type OutageStage, stageAt } from '#features/outages/outage.ts'
import type { StaffContext } from '#features/staff/context.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import type { Phrase } from '#platform/words.ts'

interface OfCustomer {
  id: string
  customer: { id: string; name: string }
}

export interface FoundForStaff {
  customers: { id: string; code: string; name: string }[]
  contracts: (OfCustomer & { number: string; service: Phrase; status: ContractStatus })[]
  telephones: (OfCustomer & { number: string; contract: string })[]
  users: (OfCustomer & { name: string; mail: string })[]
  tickets: (OfCustomer & { code: string; title: Phrase })[]
  orders: (OfCustomer & { code: string; title: Phrase })[]
  outages: { id: string; code: string; title: Phrase; stage: OutageStage }[]
}

/** Of each kind; whoever finds more types more. */
export const mostFound = 10

const limit = sql.lit(mostFound)

/**
 * Finds over all customers: names by their parts, numbers and mail addresses by their beginnings. The house is not among them.
 * Each condition is one that an index answers.
 */
export async function findForStaff({ tx, now }: StaffContext, terms: readonly string[]): Promise<FoundForStaff> {
  const typed = terms.join(' ')
  const begins = beginning(sql`upper(normalize(${typed}, nfkc))`)
  const of = sql`json_build_object('id', c.id, 'name', c.name) as customer`
  const at = sql`join customer c on c.id = r.customer_id`
  const rowsOf = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(tx)).rows
  const [customers, contracts, telephones, users, tickets, orders, outages] = await Promise.all([
    rowsOf(sql<FoundForStaff['customers'][number]>`
      select id, code, name from customer
      where not is_house and ${holds(sql`fold_search(name || E'\n' || code)`, terms)} order by name, code limit ${limit}`),
    rowsOf(sql<FoundForStaff['contracts'][number]>`
      select r.id, r.number, r.status, json_build_object('ja', s.name_ja, 'en', s.name_en) as service, ${of}
      from contract r ${at} join service s on s.id = r.service_id
      where r.ended_on is null and r.number like ${begins} order by r.number limit ${limit}`),
    rowsOf(sql<FoundForStaff['telephones'][number]>`
      select r.id, r.number, k.number as contract, ${of} from pbx.external_number r ${at}
      join contract k on k.customer_id = r.customer_id and k.id = r.contract_id
      where r.number like ${beginning(sql`regexp_replace(normalize(${typed}, nfkc), '[^0-9]', '', 'g')`)}
        and ${typed} ~ '[0-9０-９]' order by r.number limit ${limit}`),
    findUsers(rowsOf, { terms, typed }),
    rowsOf(sql<FoundForStaff['tickets'][number]>`
      select r.id, r.code, json_build_object('ja', r.title_ja, 'en', r.title_en) as title, ${of}
      from ticket r ${at} where r.code like ${begins} order by r.code, c.name limit ${limit}`),
    rowsOf(sql<FoundForStaff['orders'][number]>`
      select r.id, r.code, json_build_object('ja', r.title_ja, 'en', r.title_en) as title, ${of}
      from contract_order r ${at} where r.code like ${begins} order by r.code, c.name limit ${limit}`),
    rowsOf(sql<FoundForStaff['outages'][number]>`
      select r.id, r.code, json_build_object('ja', r.title_ja, 'en', r.title_en) as title, ${stageAt(now)} as stage
      from outage r where upper(r.code) like ${begins} order by r.starts_at desc, r.code limit ${limit}`),
  ])
  return { customers, contracts, telephones, users, tickets, orders, outages }
}

/** By the beginning of the address, or by all parts of the name: each by its own index, so each in a part of its own. */
function findUsers(
  rowsOf: <Row>(query: RawBuilder<Row>) => Promise<Row[]>,
  { terms, typed }: { terms: readonly string[]; typed: string },
): Promise<FoundForStaff['users']> {
  const isUser = sql`state <> 'deleted' and customer_id <> house()`
  return rowsOf(sql<FoundForStaff['users'][number]>`
    with found as (
      (select id from portal_user where ${isUser} and login_id like ${beginning(sql`fold_text(${typed})`)}
        order by login_id limit ${limit})
      union
      (select id from portal_user where ${isUser} and ${holds(sql`fold_search(name)`, terms)} limit ${limit}))
    select r.id, r.name, r.mail, json_build_object('id', c.id, 'name', c.name) as customer
    from found f join portal_user r on r.id = f.id join customer c on c.id = r.customer_id
    order by r.name, r.mail limit ${limit}`)
}

/** As a pattern of LIKE. */
function beginning(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql`regexp_replace(${text}, '([\\\\%_])', '\\\\\\1', 'g') || '%'`
}

/** Every term stands in the text; a term of one letter has no pair to be found by, and is looked for in all of them. */
function holds(text: RawBuilder<unknown>, terms: readonly string[]): RawBuilder<boolean> {
  const parts = terms.map(
    (term) =>
      sql`search_grams(house(), ${text}) @> search_grams(house(), fold_keyword(${term})) and ${text} like search_pattern(${term})`,
  )
  return sql`(${sql.join(parts, sql` and `)})`
}

/** The customer of the contract with this very number. */
export async function findContractByNumber(
  { tx }: StaffContext,
  number: string,
): Promise<{ customerId: string; number: string } | undefined> {
  return tx
    .selectFrom('contract')
    .where('number', '=', number.normalize('NFKC').toUpperCase())
    .where('ended_on', 'is', null)
    .select(['customer_id as customerId', 'number'])
    .executeTakeFirst()
}
