import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { enqueueOrderTellings, findOrderNews } from '#features/orders/tellings.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Phrase } from '#platform/words.ts'
import type { StaffRequest } from './find-for-staff.ts'
import { tellAsker } from './tell.ts'

/** What a request becomes, as staff say it. */
export interface Acceptance {
  /** The operator's number of the order; empty: that of the request. */
  code: string
  title: Phrase
  /** Empty: not yet set. */
  deliveryOn: string
}

/** Makes an order of what was asked for. `ctx` works for the customer, by the name that its history shows. */
export async function acceptRequest(
  ctx: StaffContext,
  request: StaffRequest,
  { code, title, deliveryOn }: Acceptance,
): Promise<Outcome<{ orderId: string }, 'answered-meanwhile' | 'contract-gone' | 'code-taken' | 'before-ordered'>> {
  const { tx, now, actor } = ctx
  const about = await lockSent(ctx, request.id)
  if (!about) return refuse('answered-meanwhile')
  if (about.isGone) return refuse('contract-gone')
  if (deliveryOn !== '' && deliveryOn < about.orderedOn) return refuse('before-ordered')
  const order = await tx
    .insertInto('contract_order')
    .values({
      customer_id: actor.customer.id,
      code: code === '' ? request.code : code,
      service_id: about.serviceId,
      contract_id: about.contractId,
      title_ja: title.ja,
      title_en: title.en,
      state: 'received',
      ordered_on: about.orderedOn,
      delivery_on: deliveryOn === '' ? null : deliveryOn,
      updated_at: now,
      worked_on_at: now,
    })
    .onConflict((clash) => clash.columns(['customer_id', 'code']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!order) return refuse('code-taken')
  await tx
    .updateTable('order_request')
    .set({ state: 'accepted', order_id: order.id, answered_by: actor.name, answered_at: now, updated_at: now })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', request.id)
    .execute()
  await note(ctx, request, { state: 'accepted' })
  await enqueueOrderTellings(tx, new Map(), await findOrderNews({ tx, customer: actor.customer }, order))
  return done({ orderId: order.id })
}

/** Gives it back to who has asked, with what is to be put right. */
export async function returnRequest(
  ctx: StaffContext,
  request: StaffRequest,
  reason: string,
): Promise<Outcome<void, 'answered-meanwhile'>> {
  const { tx, now, actor } = ctx
  if (!(await lockSent(ctx, request.id))) return refuse('answered-meanwhile')
  await tx
    .updateTable('order_request')
    .set({ state: 'returned', reason, answered_by: actor.name, answered_at: now, updated_at: now })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', request.id)
    .execute()
  await note(ctx, request, { state: 'returned', reason })
  return done()
}

interface SentRequest {
  serviceId: string
  contractId: string | null
  /** The day on which it was asked for, in the customer's zone. */
  orderedOn: string
  /** Its contract has ended or moved to another customer since: there is nothing to order for it. */
  isGone: boolean
}

/** Nobody else answers or withdraws it until the end of the transaction; undefined: it waits no more. */
async function lockSent({ tx, actor }: StaffContext, id: string): Promise<SentRequest | undefined> {
  const { rows } = await sql<SentRequest>`
    select r.service_id as "serviceId", r.contract_id as "contractId", (r.asked_at at time zone c.time_zone)::date::text as "orderedOn",
      k.ended_on is not null or k.moved_on is not null as "isGone"
    from order_request r join customer c on c.id = r.customer_id
    left join contract k on k.customer_id = r.customer_id and k.id = r.contract_id
    where r.customer_id = ${actor.customer.id} and r.id = ${id} and r.state = 'sent' for update of r`.execute(tx)
  return rows[0]
}

async function note(
  ctx: StaffContext,
  { id, code }: StaffRequest,
  after: { state: 'accepted' | 'returned'; reason?: string },
): Promise<void> {
  const { tx, now, actor, secrets, portalUrl } = ctx
  await recordChange(ctx, {
    action: after.state === 'accepted' ? 'order-request-accepted' : 'order-request-returned',
    subject: { kind: 'order-request', id, name: code },
    before: { state: 'sent' },
    after,
  })
  await tellAsker({ tx, now, customer: actor.customer, secrets, portalUrl }, id, after.state)
}
