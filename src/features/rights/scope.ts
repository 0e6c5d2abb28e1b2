import { type ContractLevels, contractLevels } from './contract-levels.ts'
import { highest, type Level } from './level.ts'

/** What the groups of a user allow together, by rule: all services, single services, single contracts. There is no deny. */
export interface Scope {
  all: Level | null
  services: ReadonlyMap<string, Level>
  contracts: ContractLevels
  /** The groups of whose rules it is made, as long as it is made of nothing else. */
  groups?: readonly string[]
}

/** One rule of one group; without service and contract it is for all services. */
export interface Rule {
  service: string | null
  contract: string | null
  level: Level
}

/** What rules come to, layer by layer. */
export function scopeOf(rules: readonly Rule[]): Scope {
  let all: Level | null = null
  const services = new Map<string, Level>()
  const contracts = new Map<string, Level>()
  for (const { service, contract, level } of rules) {
    if (contract) contracts.set(contract, higher(contracts.get(contract), level))
    else if (service) services.set(service, higher(services.get(service), level))
    else all = higher(all, level)
  }
  return { all, services, contracts: contractLevels(contracts) }
}

/** What of a scope lets edit. */
export function editingOf({ all, services, contracts }: Scope): Scope {
  const editable = [...services].filter(([, level]) => level === 'edit')
  return { all: all === 'edit' ? all : null, services: new Map(editable), contracts: contracts.editable() }
}

/** The level for one contract: the highest of the three layers; null: not even to be seen. */
export function levelOf(scope: Scope, contract: { id: string; serviceId: string }): Level | null {
  return highest([scope.all, scope.services.get(contract.serviceId), scope.contracts.get(contract.id)])
}

function higher(one: Level | null | undefined, other: Level): Level {
  return highest([one, other]) ?? other
}
