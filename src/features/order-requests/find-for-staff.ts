import { sql } from 'kysely'
import type { StaffContext } from '#features/staff/context.ts'
import { subjectColumns, subjectJoins } from '#features/subjects/subject.ts'
import { type Json, jsonRow, value } from '#platform/database/json-row.ts'
import { detailFacts, type RequestDetails } from './find.ts'
import { type OrderRequest, requestFacts } from './request.ts'

/** A request as staff see it. */
export interface StaffRequest extends OrderRequest, RequestDetails {
  customerId: string
}

/** A request of whatever customer but the house. */
export async function findRequestForStaff({ tx }: StaffContext, id: string): Promise<StaffRequest | undefined> {
  const { rows } = await sql<Json<StaffRequest>>`
    with seen as (
      select r.id, r.customer_id, r.code, r.kind, r.title_ja, r.title_en, r.state, r.asked_by_name, r.asked_at, r.updated_at, r.contract_id,
        ${subjectColumns}
      from order_request r ${subjectJoins} where r.id = ${id} and r.customer_id <> house())
    select ${staffRow.columns} from seen r join order_request d on d.customer_id = r.customer_id and d.id = r.id`.execute(
    tx,
  )
  return rows[0] && staffRow.read(rows[0])
}

const staffRow = jsonRow<StaffRequest>({ ...requestFacts, ...detailFacts, customerId: value('r.customer_id') })
