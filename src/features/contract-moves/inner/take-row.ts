import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { only } from '#platform/database/json-row.ts'

/**
 * Gives the customer a row of a contract that another had: with number, service and state, and nothing that is the other's or follows
 * from who has it (site, group number, contacts, memo); these come by the customer's own import. Whose it was before has the row of
 * then again, with the own site, memo and contacts. Answers its id.
 */
export async function takeRow({ tx, customer }: CustomerContext, formerId: string): Promise<string> {
  const back = await sql<{ id: string }>`
    update contract k set moved_on = null, ended_on = null, group_number = null, service_id = former.service_id,
      opens_on = former.opens_on, suspended = former.suspended, version = k.version + 1
    from contract former where former.id = ${formerId} and k.customer_id = ${customer.id} and k.number = former.number
    returning k.id`.execute(tx)
  if (back.rows[0]) return back.rows[0].id
  const { rows } = await sql<{ id: string }>`
    insert into contract (customer_id, number, service_id, opens_on, suspended)
    select ${customer.id}, number, service_id, opens_on, suspended from contract where id = ${formerId} returning id`.execute(
    tx,
  )
  return only(rows).id
}
