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

/** In one statement, because every page has it. Counted from the kept counters, never over all contracts. */
export async function findServiceMenu(tx: Transaction, { customer, scope }: Actor, now: Date): Promise<ServiceMenu> {
  const seen = seenBy(scope)
  const { rows } = await sql<{
    operator: Operator
    services: MenuService[]
    faults: (Omit<MenuFault, 'updatedAt'> & { updatedAt: string })[]
  }>`
    with counted as (
      select service_id, status, contracts from contract_count
      where customer_id = ${customer.id} and contracts > 0 and (${seen.all} or service_id = any(${seen.services}))
      union all
      select service_id, status, count(*) from contract
      where customer_id = ${customer.id} and id = any(${seen.contracts}) and ended_on is null and not (${seen.all} or service_id = any(${seen.services}))
      group by service_id, status
    ), by_service as (
      select service_id, jsonb_object_agg(status, contracts) as contracts
      from (select service_id, status, sum(contracts) as contracts from counted group by 1, 2) each_status group by 1
    )
    select
      (select ${operatorJson} from operator) as operator,
      coalesce((select jsonb_agg(jsonb_build_object(
          'id', s.id, 'code', s.code, 'name', jsonb_build_object('ja', s.name_ja, 'en', s.name_en),
          'category', jsonb_build_object('ja', c.name_ja, 'en', c.name_en), 'contracts', b.contracts
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
  contracts: string[]
}

/** Whoever may edit may view: each rule counts. */
function seenBy({ all, services, contracts }: Scope): Seen {
  return { all: all !== null, services: [...services.keys()], contracts: [...contracts.keys()] }
}

function faultsJson(customerId: string, seen: Seen, now: Date): RawBuilder<unknown> {
  return sql`coalesce((select jsonb_agg(fault order by updated_at desc) from (
    select i.updated_at, jsonb_build_object('id', i.id, 'contractNumber', k.number, 'service', jsonb_build_object('ja', s.name_ja, 'en', s.name_en),
      'site', t.name, 'title', jsonb_build_object('ja', i.title_ja, 'en', i.title_en), 'updatedAt', i.updated_at) as fault
    from incident i join contract k on k.customer_id = i.customer_id and k.id = i.contract_id
      join service s on s.id = k.service_id left join site t on t.customer_id = k.customer_id and t.id = k.site_id
    where i.customer_id = ${customerId} and i.kind = 'fault' and i.starts_at <= ${now} and (i.ends_at is null or i.ends_at > ${now})
      and k.ended_on is null and (${seen.all} or k.service_id = any(${seen.services}) or k.id = any(${seen.contracts}))
    order by i.updated_at desc limit ${sql.lit(mostFaults)}) newest), '[]')`
}
