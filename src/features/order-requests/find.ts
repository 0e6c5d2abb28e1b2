import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Attachment } from '#features/attachments/attachment.ts'
import type { Answers } from '#features/order-forms/answers.ts'
import type { OrderForm } from '#features/order-forms/form.ts'
import { at, type Fact, type Json, jsonRow, rowOrNull, value } from '#platform/database/json-row.ts'
import { filesOfRequest } from './files.ts'
import { type OrderRequest, requestFacts, seenRequests } from './request.ts'

/** What a request tells on its page, on both sides. */
export interface RequestDetails {
  form: OrderForm
  answers: Answers
  wishedOn: string | null
  /** Null: nobody has decided on it, or nobody had to. */
  decided: { by: string; at: Date } | null
  answered: { by: string; at: Date } | null
  /** Why it was rejected or returned. */
  reason: string | null
  /** That came with it. */
  files: Attachment[]
  /** What became of it. */
  order: { id: string; code: string } | null
}

export interface FoundRequest extends OrderRequest, RequestDetails {
  askedById: string
  serviceId: string
  contractId: string | null
  /** The request that this one goes on with, and the one that goes on with it, as far as they are seen. */
  follows: RequestLink | null
  followedBy: RequestLink | null
}

export interface RequestLink {
  id: string
  code: string
}

/** A request that the user may see. */
export async function findRequest({ tx, actor }: Context, id: string): Promise<FoundRequest | undefined> {
  const { rows } = await sql<Json<FoundRequest>>`
    with ${seenRequests(actor)} select ${foundRow.columns}
    from seen r join order_request d on d.customer_id = ${actor.customer.id} and d.id = r.id where r.id = ${id}`.execute(
    tx,
  )
  return rows[0] && foundRow.read(rows[0])
}

type Facts<Row> = { [Name in keyof Row]: Fact<Row[Name]> }

/** Of a row `d` of `order_request`. */
export const detailFacts: Facts<RequestDetails> = {
  form: value('d.form'),
  answers: value('d.answers'),
  wishedOn: value('d.wished_on'),
  decided: rowOrNull(
    jsonRow({ by: value<string>('x.by'), at: at<Date>('x.at') }),
    sql`(select d.decided_by_name as by, d.decided_at as at where d.decided_at is not null) x`,
  ),
  answered: rowOrNull(
    jsonRow({ by: value<string>('x.by'), at: at<Date>('x.at') }),
    sql`(select d.answered_by as by, d.answered_at as at where d.answered_at is not null) x`,
  ),
  reason: value('d.reason'),
  files: filesOfRequest,
  order: rowOrNull(
    jsonRow({ id: value<string>('o.id'), code: value<string>('o.code') }),
    sql`contract_order o where o.customer_id = d.customer_id and o.id = d.order_id`,
  ),
}

/** About the same as this one, so seen by the same people; unless somebody chose another contract when asking again. */
function linkBy(condition: RawBuilder<unknown>): Fact<RequestLink | null> {
  return rowOrNull(
    jsonRow({ id: value<string>('x.id'), code: value<string>('x.code') }),
    sql`(select l.id, l.code from seen l where ${condition} order by l.asked_at desc limit 1) x`,
  )
}

const foundRow = jsonRow<FoundRequest>({
  ...requestFacts,
  ...detailFacts,
  askedById: value('d.asked_by'),
  serviceId: value('r.service_id'),
  contractId: value('d.contract_id'),
  follows: linkBy(sql`l.id = d.follows`),
  followedBy: linkBy(
    sql`l.id in (select n.id from order_request n where n.customer_id = d.customer_id and n.follows = d.id)`,
  ),
})
