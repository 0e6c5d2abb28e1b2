import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'

/** What the operator demands of the customers' data. */
export interface OperatorRules {
  /** A POSIX regular expression. */
  contractNumberPattern: string
  timeZone: string
  /** The day in the operator's time zone. */
  today: string
}

/** There is an operator as soon as there is a customer. */
export async function findOperatorRules({ tx, now }: OperatorContext): Promise<OperatorRules> {
  const { rows } = await sql<OperatorRules>`
    select contract_number_pattern as "contractNumberPattern", time_zone as "timeZone", (${now} at time zone time_zone)::date::text as today
    from operator`.execute(tx)
  const [rules] = rows
  if (!rules) throw new Error('There is no operator')
  return rules
}
