import { type RawBuilder, sql } from 'kysely'
import type { LineContext } from './open.ts'

/** That rows of an alias are those of the line: the fence says so too, and plans need to hear it. */
export function ofLine({ actor, contract }: LineContext, alias: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${alias}.customer_id`)} = ${actor.customer.id} and ${sql.ref(`${alias}.contract_id`)} = ${contract.id}`
}
