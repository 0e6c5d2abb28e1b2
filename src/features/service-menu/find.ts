import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/sessions/actor.ts'
import { type Operator, operatorJson } from '#features/operators/find.ts'
import { type Scope } from '#features/rights/scope.ts'
import type { Transaction } from '#platform/database.ts'
import type { Phrase } from '#platform/words.ts'

export type ContractStatus = 'fault' | 'works' | 'suspended' | 'preparing' | 'normal'

export interface MenuService {
  id: string
  code: string
  name: Phrase
  category: Phrase
  /** Contracts that the user may see, by their state; a state without any is absent. */
  contracts: Partial<Record<ContractStatus, number>>
}

export interface MenuFault {
  id: string
  contractNumber: string
  service: Phrase
  site: string | null
  title: Phrase
  updatedAt: Date
}

/** What stands around every page: the operator's brand, and of the customer only what the user's groups let the user see. */
export interface ServiceMenu {
  operator: Operator
  /** In the operator's order. */
  services: MenuService[]
  /** Faults open now on contracts that the user may see, the newest first. */
  faults: MenuFault[]
}

const mostFaults = 3

const menus = new WeakMap<Actor, Promise<ServiceMenu>>()

/** Read once for each actor, who is one of one request: the frame and the page in it ask for the same. */
export function findServiceMenu(tx: Transaction, actor: Actor, now: Date): Promise<ServiceMenu> {
  const known = menus.get(actor)
  if (known) return known
  const menu = readServiceMenu(tx, actor, now)
  menus.set(actor, menu)
  return menu
}

/** In one statement, because every page has it. Counted from the kept counters, never over all contracts. */
async function readServiceMenu(tx: Transaction, { customer, scope }: Actor, now: Date): Promise<ServiceMenu> {
  const seen = seenBy(scope)
  const { rows } = await sql<{
    operator: Operator
    services: MenuService[]
    faults: (Omit<MenuFault, 'updatedAt'> & { updatedAt: string })[]
  }>`
    with ruled as materialized (
      select unnest(string_to_array(${seen.contracts}, ',')::uuid[]) as id
    ), counted as (
      select service_id, status, contracts from contract_count
      where customer_id = ${customer.id} and contracts > 0 and (${seen.all} or service_id = any(${seen.services}))
      union all
      select service_id, status, count(*) from contract
      where customer_id = ${customer.id} and id = any(array(select id from ruled)) and ended_on is null and not (${seen.all} or service_id = any(${seen.services}))
      group by service_id, status
    ), by_service as (
      select service_id, json_object_agg(status, contracts) as contracts from counted group by service_id
    )
    select
      (select ${operatorJson} from operator) as operator,
      coalesce((select json_agg(json_build_object(
          'id', s.id, 'code', s.code, 'name', json_build_object('ja', s.name_ja, 'en', s.name_en),
          'category', json_build_object('ja', c.name_ja, 'en', c.name_en), 'contracts', b.contracts
        ) order by c.position, s.position, s.code)
        from by_service b join service s on s.id = b.service_id join service_category c on c.id = s.service_category_id), '[]') as services,
      ${faultsJson(customer.id, seen, now)} as faults`.execute(tx)
  const [menu] = rows
  if (!menu) throw new Error('A select without from answers one row')
  return { ...menu, faults: menu.faults.map((fault) => ({ ...fault, updatedAt: new Date(fault.updatedAt) })) }
}

interface Seen {
  all: boolean
  services: string[]
  /** Ids with commas between: there may be thousands, and an array would be quoted one by one. */
  contracts: string
}

/** Whoever may edit may view: each rule counts. */
function seenBy({ all, services, contracts }: Scope): Seen {
  return {
    all: all !== null,
    services: [...services.keys()],
    contracts: all === null ? [...contracts.keys()].join(',') : '',
  }
}

/**
 * The open faults are found first, fenced with offset 0: there are few, and the contracts are many. What is told of them is
 * read for the newest alone.
 */
function faultsJson(customerId: string, seen: Seen, now: Date): RawBuilder<unknown> {
  return sql`coalesce((
    select json_agg(json_build_object('id', f.id, 'contractNumber', f.number, 'service', json_build_object('ja', s.name_ja, 'en', s.name_en),
      'site', t.name, 'title', json_build_object('ja', f.title_ja, 'en', f.title_en), 'updatedAt', f.updated_at) order by f.updated_at desc)
    from (
      select * from (
        select i.id, i.title_ja, i.title_en, i.updated_at, k.customer_id, k.id as contract_id, k.number, k.service_id, k.site_id
        from incident i join contract k on k.customer_id = i.customer_id and k.id = i.contract_id
        where i.customer_id = ${customerId} and i.kind = 'fault' and i.starts_at <= ${now} and (i.ends_at is null or i.ends_at > ${now})
          and k.ended_on is null
        offset 0) open_fault
      where ${seen.all} or service_id = any(${seen.services}) or contract_id in (select id from ruled)
      order by updated_at desc limit ${sql.lit(mostFaults)}
    ) f join service s on s.id = f.service_id left join site t on t.customer_id = f.customer_id and t.id = f.site_id), '[]')`
}
