import { type RawBuilder, sql } from 'kysely'
import type { Line } from './open.ts'

/** What is needed to ask about a line, whoever asks. */
export interface OfLine {
  actor: { customer: { id: string } }
  contract: { id: string }
}

/** The same at a moment: hours are those of the line's zone. */
export interface OfLineNow extends OfLine {
  now: Date
  line: Pick<Line, 'timeZone' | 'mainNumber'>
}

/** That rows of two aliases are of the same line: where one of them is known to be, the text of a statement stays the same. */
export function sameLine(alias: string, other: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${alias}.customer_id`)} = ${sql.ref(`${other}.customer_id`)} and ${sql.ref(`${alias}.contract_id`)} = ${sql.ref(`${other}.contract_id`)}`
}

/** That rows of an alias are those of the line: the fence says so too, and plans need to hear it. */
export function ofLine({ actor, contract }: OfLine, alias: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${alias}.customer_id`)} = ${actor.customer.id} and ${sql.ref(`${alias}.contract_id`)} = ${contract.id}`
}
