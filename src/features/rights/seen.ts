import { type RawBuilder, sql } from 'kysely'
import type { Level } from './level.ts'
import type { ContractColumns } from './rule-layers.ts'
import { editingOf, type Scope } from './scope.ts'

/** What a scope lets its user see, as parts of one statement. */
export interface Seen {
  /** Belongs into the statement's `with`: contracts that have a rule of their own. */
  ruled: RawBuilder<unknown>
  /** Of a column with a service: all its contracts are seen. */
  isWhole(service: string): RawBuilder<boolean>
  /** Of the columns of a contract: the same answer as `may(actor, 'view', contract)`. */
  isSeen(contract: ContractColumns): RawBuilder<boolean>
  /** Of a contract's column: a rule of its own lets it be seen. */
  isRuled(id: string): RawBuilder<boolean>
  /** Of the columns of a contract: a rule of its own alone lets it be seen, none for its whole service. */
  isSingle(contract: ContractColumns): RawBuilder<boolean>
}

/** Who may edit may view: each rule counts. A statement about several scopes gives each its own name for `ruled`. */
export function seenBy(scope: Scope, name = 'ruled'): Seen {
  const { all, services } = scope
  const ruled = sql.id(name)
  const isWhole = (service: string): RawBuilder<boolean> =>
    sql<boolean>`(${all !== null} or ${sql.ref(service)} = any(${[...services.keys()]}))`
  // By an array, so that an index finds them.
  const isRuled = (id: string): RawBuilder<boolean> =>
    sql<boolean>`${sql.ref(id)} = any(array(select id from ${ruled}))`
  return {
    ruled: sql`${ruled} as materialized (${ruledBy(scope)})`,
    isWhole,
    isSeen: ({ id, service }) => sql<boolean>`(${isWhole(service)} or ${sql.ref(id)} in (select id from ${ruled}))`,
    isRuled,
    isSingle: ({ id, service }) => sql<boolean>`(${isRuled(id)} and not ${isWhole(service)})`,
  }
}

/** Thousands are told where they stand already, instead of sent along. */
function ruledBy({ all, contracts, groups }: Scope): RawBuilder<unknown> {
  if (all === null && groups && contracts.size > 0)
    return sql`select contract_id as id from user_group_right
      where customer_id = app_customer() and user_group_id = any(${groups}::uuid[]) and contract_id is not null`
  // With commas between, for of an array each would be quoted.
  return sql`select unnest(string_to_array(${all === null ? contracts.ids : ''}, ',')::uuid[]) as id`
}

/** In the place of `ruled`, where it is known that no other contract with a rule of its own can be met. */
export function ruledOnly(ids: readonly string[]): RawBuilder<unknown> {
  return sql`ruled as materialized (select unnest(${ids}::uuid[]) as id)`
}

/** The level that a scope gives, as parts of one statement. */
export interface Levels {
  /** Belongs into the statement's `with`. */
  ruled: RawBuilder<unknown>
  /** Of the columns of a contract: the same answer as `levelOf`. */
  levelOf(contract: ContractColumns): RawBuilder<Level | null>
  /** Of a column with a service: the level of all its contracts that no rule of their own raises. */
  levelOfService(service: string): RawBuilder<Level | null>
  /** For a `from`: the ids of the contracts that have a rule of their own. */
  ruledIds: RawBuilder<unknown>
}

export function levelsBy(scope: Scope, name = 'ruled'): Levels {
  const viewed = seenBy(scope, name)
  const edited = seenBy(editingOf(scope), `${name}_to_edit`)
  return {
    ruled: sql`${viewed.ruled}, ${edited.ruled}`,
    levelOf: (contract) => levelIf(edited.isSeen(contract), viewed.isSeen(contract)),
    levelOfService: (service) => levelIf(edited.isWhole(service), viewed.isWhole(service)),
    ruledIds: sql`(select id from ${sql.id(name)} union select id from ${sql.id(`${name}_to_edit`)})`,
  }
}

function levelIf(mayEdit: RawBuilder<boolean>, mayView: RawBuilder<boolean>): RawBuilder<Level | null> {
  return sql<Level | null>`case when ${mayEdit} then 'edit'::right_level when ${mayView} then 'view'::right_level end`
}

/**
 * For a `from`: the contracts that hold every term, of those that a scope lets be seen; some of them, if there are more
 * than `most`. Its columns are few. The function says what `isSeen` says once more, for it stands behind the door.
 */
export function foundContracts(
  { all, services, contracts }: Scope,
  terms: readonly string[],
  most?: number,
): RawBuilder<unknown> {
  const ids = all === null ? contracts.ids : ''
  return sql`door.find_contracts(${terms}, ${all !== null}, ${[...services.keys()]}, string_to_array(${ids}, ',')::uuid[], ${most ?? null})`
}
