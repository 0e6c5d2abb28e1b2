import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Attachment, attachmentRow } from '#features/attachments/attachment.ts'
import { findFile } from '#features/attachments/find.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { type Fact, rowsOf } from '#platform/database/json-row.ts'
import { seenOrders } from './order.ts'

interface AskedFile {
  id: string
  file: string
}

/** A file of the opening of an order that the user may see. */
export function findOrderFile({ tx, actor }: Context, asked: AskedFile): Promise<Attachment | undefined> {
  return findFile(tx, { about: 'order', seen: seenOrders(actor), customer: sql`${actor.customer.id}` }, asked)
}

/** The same of whatever customer. */
export function findOrderFileForStaff({ tx }: StaffContext, asked: AskedFile): Promise<Attachment | undefined> {
  const seen = sql`seen as (select id, customer_id from contract_order where id = ${asked.id} and customer_id <> house())`
  return findFile(tx, { about: 'order', seen, customer: sql`r.customer_id` }, asked)
}

/** Of a row `d` of `contract_order`. */
export const filesOfOrder: Fact<Attachment[]> = rowsOf(attachmentRow, {
  from: sql`attachment a where a.customer_id = d.customer_id and a.about = 'order' and a.about_id = d.id and a.state <> 'removed'`,
  orderBy: sql`a.at, a.name, a.id`,
})
