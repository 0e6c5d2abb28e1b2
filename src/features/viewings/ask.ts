import { sql } from 'kysely'
import type { StaffContext } from '#features/staff/context.ts'
import type { SeenCustomer } from '#features/staff/see-customer.ts'
import { type Confirmed, confirmedFor } from '#platform/context.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { after } from '#platform/time/duration.ts'

/** Notes why a member of staff wants to look at the screens of a user. Who that is follows from the session. Answers the look. */
export async function askToView(
  ctx: Confirmed<StaffContext>,
  customer: SeenCustomer,
  { userId, reason }: { userId: string; reason: string },
): Promise<Outcome<string, 'not-allowed'>> {
  const { tx, now, actor } = ctx
  const { rows } = await sql<{ id: string | null }>`
    select door.ask_to_view(${actor.cookieHash}, ${customer.id}, ${userId}, ${reason}, ${now}) as id`.execute(tx)
  const { id } = only(rows)
  return id === null ? refuse('not-allowed') : done(id)
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
  if (!challengeForm.test(challenge)) return undefined
  const { tx, now, actor } = ctx
  const code = newToken()
  const { rows } = await sql<{ isHanded: boolean }>`
    select door.hand_over_viewing(${actor.cookieHash}, ${id}, ${hashOf(code)}, ${Buffer.from(challenge, 'base64url')}, ${now}) as "isHanded"`.execute(
    tx,
  )
  return only(rows).isHanded ? code : undefined
}
