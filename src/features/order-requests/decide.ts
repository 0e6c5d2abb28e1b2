import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import type { ChangeAction } from '#features/change-history/actions.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { FoundRequest } from './find.ts'
import type { RequestState } from './request.ts'
import { tellAsker } from './tell.ts'

/** What can be done with a request on the customer's side. */
export const requestDeeds = ['approve', 'reject', 'withdraw'] as const
export type RequestDeed = (typeof requestDeeds)[number]

/** Whether the user may approve and reject: an administrator who sees it, and has not asked for it. */
export function mayDecide({ actor }: Pick<Context, 'actor'>, { state, askedById }: FoundRequest): boolean {
  return state === 'awaiting-approval' && actor.role === 'portal-administrator' && actor.userId !== askedById
}

/** Whoever has asked may take it back until the operator has answered. */
export function mayWithdraw({ actor }: Pick<Context, 'actor'>, { state, askedById }: FoundRequest): boolean {
  return (state === 'awaiting-approval' || state === 'sent') && actor.userId === askedById
}

const outcomes = {
  approve: { to: 'sent', action: 'order-request-approved', from: ['awaiting-approval'] },
  reject: { to: 'rejected', action: 'order-request-rejected', from: ['awaiting-approval'] },
  withdraw: { to: 'withdrawn', action: 'order-request-withdrawn', from: ['awaiting-approval', 'sent'] },
} as const satisfies Record<RequestDeed, { to: RequestState; action: ChangeAction; from: RequestState[] }>

/** Decides on a request that the user sees. Of two at once one does it, and the other is told. */
export async function decideRequest(
  ctx: Context,
  request: FoundRequest,
  { deed, reason }: { deed: RequestDeed; reason: string },
): Promise<Outcome<void, 'may-not' | 'decided-meanwhile'>> {
  const may = deed === 'withdraw' ? mayWithdraw(ctx, request) : mayDecide(ctx, request)
  // Of what was decided before, it is said by whom.
  if (!may) return refuse(isWaiting(request, deed) ? 'may-not' : 'decided-meanwhile')
  // Who takes it back takes back what it was when the page was made: what an administrator has said meanwhile stays said.
  if ((await lockState(ctx, request)) !== request.state) return refuse('decided-meanwhile')
  const { tx, now, actor } = ctx
  const { to, action } = outcomes[deed]
  await tx
    .updateTable('order_request')
    .set({
      state: to,
      decided_by: actor.userId,
      decided_by_name: actor.name,
      decided_at: now,
      reason: deed === 'reject' ? reason : null,
      updated_at: now,
    })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', request.id)
    .execute()
  await recordChange(ctx, {
    action,
    subject: { kind: 'order-request', id: request.id, name: request.code },
    before: { state: request.state },
    after: { state: to, ...(deed === 'reject' && { reason }) },
  })
  if (deed !== 'withdraw')
    await tellAsker(
      { tx, now, customer: actor.customer, secrets: ctx.secrets, portalUrl: ctx.portalUrl },
      request.id,
      deed === 'approve' ? 'approved' : 'rejected',
    )
  return done()
}

function isWaiting({ state }: FoundRequest, deed: RequestDeed): boolean {
  return outcomes[deed].from.some((each) => each === state)
}

/** What the request is now, and stays until the end of the transaction. */
async function lockState({ tx, actor }: Context, { id }: FoundRequest): Promise<RequestState | undefined> {
  const found = await tx
    .selectFrom('order_request')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', id)
    .select(sql<RequestState>`state`.as('state'))
    .forNoKeyUpdate()
    .executeTakeFirst()
  return found?.state
}
