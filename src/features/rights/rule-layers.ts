import { type RawBuilder, sql } from 'kysely'
import { type Layer, layers } from './layers.ts'
import type { Level } from './level.ts'

// Rules in SQL are rows as in `user_group_right`: with a service, with a contract, or with neither, for all services.

/** The columns of a contract. */
export interface ContractColumns {
  id: string
  service: string
}

/**
 * The highest of several columns of levels, as `highest` finds it: nulls count for nothing. Over several rows of one column it
 * is the maximum.
 */
export function highestOf(...columns: string[]): RawBuilder<Level | null> {
  return sql<Level | null>`greatest(${sql.join(columns.map((column) => sql.ref(column)))})`
}

/** Of a rule: it is for a contract, for its service, or for all services. */
export function touches(rule: string, contract: ContractColumns): RawBuilder<boolean> {
  const [service, single] = [sql.ref(`${rule}.service_id`), sql.ref(`${rule}.contract_id`)]
  return sql<boolean>`(${single} = ${sql.ref(contract.id)} or ${service} = ${sql.ref(contract.service)}
    or (${single} is null and ${service} is null))`
}

/** Of a rule that is not for a single contract: it touches every contract of a service. */
export function touchesService(rule: string, service: string): RawBuilder<boolean> {
  const own = sql.ref(`${rule}.service_id`)
  return sql<boolean>`(${own} is null or ${own} = ${sql.ref(service)})`
}

/** Of a rule: the place of its layer among the layers, from 1. */
export function layerNumberOf(rule: string): RawBuilder<number> {
  const [service, single] = [sql.ref(`${rule}.service_id`), sql.ref(`${rule}.contract_id`)]
  return sql<number>`case when ${single} is not null then 3 when ${service} is not null then 2 else 1 end`
}

/** Of a column with such a number: the layer. */
export function layerAt(number: string): RawBuilder<Layer> {
  return sql`(array[${sql.join(layers.map((layer) => sql.lit(layer)))}])[${sql.ref(number)}]`
}

/** What rules come to for each contract, as parts of one statement. */
export interface RuledLevels {
  /** Belongs into the statement's `with`, after a part `rule`. */
  byLayer: RawBuilder<unknown>
  /** Belongs behind `from contract k`. */
  joins: RawBuilder<unknown>
  /** Of a contract and one of the columns: the highest of the three layers. */
  highestOf(column: string): RawBuilder<Level | null>
}

/**
 * For a part `rule` with these columns of levels, and at most one row about each thing. Each layer is kept apart: joined by
 * a condition on all rules, that for all services would be sought among them for every contract.
 */
export function ruledLevels(...columns: string[]): RuledLevels {
  const selected = sql.join(columns.map((column) => sql.ref(column)))
  const single = sql.join(columns.map((column) => sql`max(${sql.ref(column)}) as ${sql.ref(column)}`))
  return {
    byLayer: sql`rule_for_all as materialized (
        select ${single} from rule where service_id is null and contract_id is null
      ), rule_of_service as materialized (
        select service_id, ${selected} from rule where service_id is not null
      ), rule_of_contract as materialized (
        select contract_id, ${selected} from rule where contract_id is not null
      )`,
    // `rule_for_all` has one row always, of null where there is no such rule.
    joins: sql`cross join rule_for_all
      left join rule_of_service on rule_of_service.service_id = k.service_id
      left join rule_of_contract on rule_of_contract.contract_id = k.id`,
    highestOf: (column) =>
      highestOf(`rule_of_contract.${column}`, `rule_of_service.${column}`, `rule_for_all.${column}`),
  }
}
