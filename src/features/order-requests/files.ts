import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Attachment, attachmentRow } from '#features/attachments/attachment.ts'
import { findFile } from '#features/attachments/find.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { type Fact, rowsOf } from '#platform/database/json-row.ts'
import { seenRequests } from './request.ts'

interface AskedFile {
  id: string
  file: string
}

/** A file of a request that the user may see. */
export function findRequestFile({ tx, actor }: Context, asked: AskedFile): Promise<Attachment | undefined> {
  return findFile(tx, { about: 'request', seen: seenRequests(actor), customer: sql`${actor.customer.id}` }, asked)
}

/** The same of whatever customer. */
export function findRequestFileForStaff({ tx }: StaffContext, asked: AskedFile): Promise<Attachment | undefined> {
  const seen = sql`seen as (select id, customer_id from order_request where id = ${asked.id} and customer_id <> house())`
  return findFile(tx, { about: 'request', seen, customer: sql`r.customer_id` }, asked)
}

/** Of a row `d` of `order_request`. Staff who look as a user read of others' answers nothing, nor the names of their files. */
export const filesOfRequest: Fact<Attachment[]> = rowsOf(attachmentRow, {
  from: sql`attachment a where a.customer_id = d.customer_id and a.about = 'request' and a.about_id = d.id and a.state <> 'removed'
    and coalesce(nullif(current_setting('app.viewed_user', true), '')::uuid, d.asked_by) = d.asked_by`,
  orderBy: sql`a.name, a.id`,
})
