import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import { isNotOver } from '#features/incidents/incident.ts'
import { nextOfNotices, unreadNotices } from '#features/notices/unread.ts'
import { type Operator, operatorRow } from '#features/operators/find.ts'
import { type Seen, seenBy } from '#features/rights/seen.ts'
import { readersKept } from '#features/sessions/readers-kept.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import type { Thing } from '#features/subjects/thing.ts'
import type { Transaction } from '#platform/database/database.ts'
import {
  at,
  type Fact,
  type Json,
  jsonRow,
  only,
  phrase,
  rowOrNull,
  rowsOf,
  value,
} from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import { countSingles, findSingles, type SingleContracts } from './single-contracts.ts'

export interface MenuService {
  id: string
  code: string
  name: Phrase
  category: { code: string; name: Phrase }
  /** Its contracts are set on the settings site. */
  hasSettings: boolean
  /** Contracts that the user may see, by their status; one without any is absent. */
  contracts: Partial<Record<ContractStatus, number>>
}

export interface MenuFault {
  id: string
  /** The first of its contracts that the user sees. */
  contractNumber: string
  /** How many more the user sees. */
  others: number
  service: { code: string; name: Phrase }
  /** The codes of all services of contracts that the user sees. */
  services: readonly string[]
  site: string | null
  title: Phrase
  updatedAt: Date
}

/** What stands around every page: the operator's brand, and of the customer only what the user's groups let the user see. */
export interface ServiceMenu {
  /** Null until the operator's data has been imported. */
  operator: Operator | null
  /** In the operator's order. */
  services: MenuService[]
  /** Faults open now on contracts that the user may see, the newest first. */
  faults: MenuFault[]
  /** What the user has pinned, seen or not. */
  pins: Thing[]
  /** Young notices that the user has not opened. */
  unreadNotices: number
}

const mostFaults = 3

/** The menu of an actor: read once, and again when what it follows from has changed. */
export function findServiceMenu(tx: Transaction, actor: Actor, now: Date): Promise<ServiceMenu> {
  return readersKept.once(actor, 'service menu', async () => {
    const { until, ...menu } = await readServiceMenu(tx, actor, now)
    return { made: menu, weight: JSON.stringify(menu).length, until: until ?? undefined }
  })
}

interface MenuRead extends ServiceMenu {
  /** When time alone changes it. */
  until: Date | null
}

/** Reads the menu in one statement, because every page has it; counts by the kept counters, never over all contracts. */
async function readServiceMenu(tx: Transaction, actor: Actor, now: Date): Promise<MenuRead> {
  const { customer, userId, scope } = actor
  const singles = await findSingles({ tx, actor })
  const seen = seenBy(scope)
  const menu = jsonRow<MenuRead>({
    operator: rowOrNull(operatorRow, sql`operator`),
    services,
    faults: newestFaults(customer.id, seen, now),
    pins: rowsOf(pin, { from: sql`pin where customer_id = ${customer.id} and user_id = ${userId}` }),
    unreadNotices: value(unreadNotices(actor, now)),
    until: at(sql`least((${nextOfFaults(customer.id, now)}), (${nextOfNotices(actor, now)}))`),
  })
  const { rows } = await sql<Json<MenuRead>>`
    with ${seen.ruled}, counted as (
      select service_id, status, contracts from contract_count
      where customer_id = ${customer.id} and contracts > 0 and ${seen.isWhole('service_id')}
      union all
      select service_id, status, contracts from ${countsOf(singles)}
    ), by_service as (
      select service_id, json_object_agg(status, contracts) as contracts from counted group by service_id
    )
    select ${menu.columns}`.execute(tx)
  return menu.read(only(rows))
}

/** For a `from`: how many single contracts of a service have a status. */
function countsOf(singles: SingleContracts | undefined): RawBuilder<unknown> {
  const counts = singles ? [...countSingles(singles)] : []
  return sql`unnest(${counts.map(({ service }) => service)}::uuid[], ${counts.map(({ status }) => status)}::contract_status[],
    ${counts.map(({ contracts }) => contracts)}::bigint[]) single (service_id, status, contracts)`
}

const menuService = jsonRow<MenuService>({
  id: value('s.id'),
  code: value('s.code'),
  name: phrase('s.name'),
  category: jsonRow({ code: value('c.code'), name: phrase('c.name') }),
  hasSettings: value(sql`s.settings_name is not null`),
  contracts: value('b.contracts'),
})

const services = rowsOf(menuService, {
  from: sql`by_service b join service s on s.id = b.service_id join service_category c on c.id = s.service_category_id`,
  orderBy: sql`c.position, s.position, s.code`,
})

const menuFault = jsonRow<MenuFault>({
  id: value('o.id'),
  contractNumber: value('k.number'),
  others: value('o.others'),
  service: jsonRow({ code: value('s.code'), name: phrase('s.name') }),
  services: value(sql`(select json_agg(code) from service where id = any(o.service_ids))`),
  site: value('t.name'),
  title: phrase('o.title'),
  updatedAt: at('o.updated_at'),
})

const pin = jsonRow<Thing>({ kind: value('kind'), id: value('thing_id') })

/**
 * The open faults are found first, fenced with offset 0: there are few, and the contracts are many. What is told of them is
 * read for the newest alone.
 */
function newestFaults(customerId: string, seen: Seen, now: Date): Fact<MenuFault[]> {
  return rowsOf(menuFault, {
    from: sql`(
      select id, title_ja, title_en, updated_at, (array_agg(contract_id order by number))[1] as contract_id, count(*)::integer - 1 as others,
        array_agg(distinct service_id) as service_ids
      from (
        select i.id, i.title_ja, i.title_en, i.updated_at, k.id as contract_id, k.number, k.service_id
        from incident i join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
        join contract k on k.customer_id = c.customer_id and k.id = c.contract_id
        where i.customer_id = ${customerId} and i.kind = 'fault' and i.starts_at <= ${now} and ${isNotOver('i', now)}
          and c.left_at is null and k.ended_on is null
        offset 0) open_fault
      where ${seen.isSeen({ id: 'contract_id', service: 'service_id' })}
      group by id, title_ja, title_en, updated_at
      order by updated_at desc limit ${sql.lit(mostFaults)}
    ) o join contract k on k.customer_id = ${customerId} and k.id = o.contract_id join service s on s.id = k.service_id
    left join site t on t.customer_id = k.customer_id and t.id = k.site_id`,
    orderBy: sql`o.updated_at desc`,
  })
}

/** Selects when the next fault of the customer begins or ends. */
function nextOfFaults(customerId: string, now: Date): RawBuilder<Date | null> {
  const next = (column: string): RawBuilder<unknown> => sql`(
    select min(${sql.ref(column)}) from incident where customer_id = ${customerId} and kind = 'fault' and ${sql.ref(column)} > ${now})`
  return sql<Date | null>`select least(${next('starts_at')}, ${next('ends_at')})`
}
