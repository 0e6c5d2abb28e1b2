import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { Database } from '#platform/database/database.ts'
import { keepFindings } from './keep.ts'

/** Counts the findings of lines anew, as after each change, where the operator has written into them or time has passed. */
export async function recountFindings(
  { tx, customer, now }: Pick<CustomerContext, 'tx' | 'now'> & { customer: { id: string } },
  contractIds: readonly string[],
): Promise<void> {
  // Held, as a change holds its line: what is counted is what stands when the count is written.
  const { rows } = await sql<{ id: string; timeZone: string; mainNumber: string | null }>`
    select contract_id as id, time_zone as "timeZone", main_number as "mainNumber" from pbx.line
    where customer_id = ${customer.id} and contract_id = any(${contractIds}::uuid[])
    order by contract_id for no key update`.execute(tx)
  for (const { id, ...line } of rows) {
    await keepFindings({ now, actor: { customer }, contract: { id }, line }).execute(tx)
  }
}

/** Lines that are held at once. */
const mostAtOnce = 20

/**
 * Counts anew what time alone changes: a number ends on its day, and hours come to be closed for good. With the operator's role;
 * a few lines in each transaction, so that nobody who saves waits for long.
 */
export async function recountByTime(database: Database, now: Date): Promise<void> {
  const { rows } = await database.transaction((tx) =>
    sql<{ customer: string; contracts: string[] }>`
      select customer_id as customer, array_agg(contract_id) as contracts
      from (
        select customer_id, contract_id from pbx.calendar
        union select customer_id, contract_id from pbx.external_number where ended_on is not null
        -- Counted when findings were not kept yet.
        union select l.customer_id, l.contract_id from pbx.line l where l.attention > 0 and not exists (
          select from pbx.line_finding f where f.customer_id = l.customer_id and f.contract_id = l.contract_id)
      ) timed group by customer_id`.execute(tx),
  )
  for (const { customer: id, contracts } of rows)
    for (let at = 0; at < contracts.length; at += mostAtOnce) {
      const some = contracts.slice(at, at + mostAtOnce)
      await database.transaction((tx) => recountFindings({ tx, now, customer: { id } }, some))
    }
}
