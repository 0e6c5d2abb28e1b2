import { sql } from 'kysely'
import type { StaffContext } from '#features/staff/context.ts'
import { subjectColumns, subjectJoins } from '#features/subjects/subject.ts'
import { type Json, jsonRow, value } from '#platform/database/json-row.ts'
import { type OrderDetails, orderDetailFacts } from './find.ts'
import { type Order, orderFacts } from './order.ts'

/** An order as staff see it. */
export interface StaffOrder extends Order, OrderDetails {
  customerId: string
}

/** An order of whatever customer but the house. */
export async function findOrderForStaff({ tx }: StaffContext, id: string): Promise<StaffOrder | undefined> {
  const { rows } = await sql<Json<StaffOrder>>`
    with seen as (
      select r.id, r.customer_id, r.code, r.title_ja, r.title_en, r.state, r.ordered_on, r.delivery_on, r.updated_at, r.contract_id,
        ${subjectColumns}
      from contract_order r ${subjectJoins} where r.id = ${id} and r.customer_id <> house())
    select ${staffRow.columns} from seen r join contract_order d on d.customer_id = r.customer_id and d.id = r.id`.execute(
    tx,
  )
  return rows[0] && staffRow.read(rows[0])
}

const staffRow = jsonRow<StaffOrder>({ ...orderFacts, ...orderDetailFacts, customerId: value('r.customer_id') })
