import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import type { StaffContext } from '#features/staff/context.ts'
import type { SeenCustomer } from '#features/staff/see-customer.ts'
import { type Confirmed, confirmedFor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { after, minutes } from '#platform/time/duration.ts'
import { findAllowance, isOpenToStaff } from './allowance.ts'

/** Notes why a member of staff wants to look at the screens of a user, behind the fence of the customer. Answers the look. */
export async function askToView(
  ctx: Confirmed<StaffContext>,
  customer: SeenCustomer,
  { userId, reason }: { userId: string; reason: string },
): Promise<Outcome<string, 'not-allowed'>> {
  const { tx, now, actor, staff } = ctx
  if (!isOpenToStaff(await findAllowance(ctx, customer.id))) return refuse('not-allowed')
  const { id } = await tx
    .insertInto('viewing')
    .values({
      customer_id: customer.id,
      user_id: userId,
      staff_id: actor.userId,
      staff_name: staff.number,
      reason,
      asked_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return done(id)
}

/** A look that a member asked for and has not begun. */
export interface AskedViewing {
  id: string
  customer: { id: string; name: string }
  user: { id: string; name: string }
  reason: string
}

/** Undefined: it is another's, begun, or asked for too long ago. */
export async function findAskedViewing(
  { tx, now, actor }: StaffContext,
  id: string,
): Promise<AskedViewing | undefined> {
  const { rows } = await sql<{
    customerId: string
    customerName: string
    userId: string
    userName: string
    reason: string
  }>`
    select c.id as "customerId", c.name as "customerName", u.id as "userId", u.name as "userName", v.reason
    from viewing v join customer c on c.id = v.customer_id join portal_user u on u.customer_id = v.customer_id and u.id = v.user_id
    where v.id = ${id} and v.staff_id = ${actor.userId} and v.begun_at is null and v.asked_at > ${after(now, -confirmedFor)}`.execute(
    tx,
  )
  const [row] = rows
  if (!row) return undefined
  const { customerId, customerName, userId, userName, reason } = row
  return { id, customer: { id: customerId, name: customerName }, user: { id: userId, name: userName }, reason }
}

/** For as long as a redirect may take. */
const codeHolds = 1 * minutes

/** base64url of 32 bytes (RFC 7636, 4.2). */
const challengeForm = /^[\w-]{43}$/

/**
 * Lets a look be taken on to the portal, by whichever browser holds what the challenge is the hash of. Answers the code, whose hash
 * alone is kept; undefined for what is no challenge, or no longer this member's to begin.
 */
export async function handOverViewing(
  ctx: StaffContext,
  { id, challenge }: { id: string; challenge: string },
): Promise<string | undefined> {
  const { tx, now, actor } = ctx
  if (!challengeForm.test(challenge) || after(actor.confirmedAt, confirmedFor) <= now) return undefined
  const viewing = await findAskedViewing(ctx, id)
  if (!viewing || !isOpenToStaff(await findAllowance(ctx, viewing.customer.id))) return undefined
  await enterFence(tx, viewing.customer.id)
  const code = newToken()
  const handed = await tx
    .updateTable('viewing')
    .set({
      code_hash: hashOf(code),
      challenge: Buffer.from(challenge, 'base64url'),
      code_expires_at: after(now, codeHolds),
    })
    .where('customer_id', '=', viewing.customer.id)
    .where('id', '=', id)
    .where('begun_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return handed && code
}
