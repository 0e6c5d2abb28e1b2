import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { countFindings } from './findings.ts'

/** Counts the findings of lines anew, as after each change, where the operator has written into them. */
export async function recountFindings(
  { tx, customer, now }: CustomerContext,
  contractIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string; timeZone: string; mainNumber: string | null }>`
    select contract_id as id, time_zone as "timeZone", main_number as "mainNumber" from pbx.line
    where customer_id = ${customer.id} and contract_id = any(${contractIds}::uuid[])`.execute(tx)
  for (const { id, ...line } of rows) {
    const found = countFindings({ now, actor: { customer }, contract: { id }, line })
    await sql`update pbx.line l set attention = found.n from (${found}) found (n)
      where l.customer_id = ${customer.id} and l.contract_id = ${id} and l.attention <> found.n`.execute(tx)
  }
}
