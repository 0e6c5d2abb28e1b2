import { sql } from 'kysely'
import { isNotOver } from '#features/incidents/incident.ts'
import type { CustomerContext } from '#features/operator-context.ts'
import { only } from '#platform/database/json-row.ts'

/** How much of a contract stays with the customer whom it leaves. */
export interface Staying {
  orders: number
  tickets: number
  /** Faults and works that are over. */
  incidents: number
  /** Rows of blocked traffic. */
  blockedTraffic: number
  /** Entries of the change history about it. */
  changes: number
}

export async function countStaying({ tx, now, customer }: CustomerContext, contractId: string): Promise<Staying> {
  const of = sql`customer_id = ${customer.id} and contract_id = ${contractId}`
  const { rows } = await sql<Staying>`
    select (select count(*) from contract_order where ${of}) as orders, (select count(*) from ticket where ${of}) as tickets,
      (select count(*) from incident_contract c join incident i on i.customer_id = c.customer_id and i.id = c.incident_id
        where c.customer_id = ${customer.id} and c.contract_id = ${contractId} and not ${isNotOver('i', now)}) as incidents,
      (select count(*) from blocked_traffic where ${of}) as "blockedTraffic",
      (select count(*) from change_history where customer_id = ${customer.id} and subject_kind = 'contract' and subject_id = ${contractId}) as changes`.execute(
    tx,
  )
  return only(rows)
}
