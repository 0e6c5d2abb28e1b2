import type { Visitor } from '#platform/context.ts'
import type { AccessEvent, AccessFactor, AccessReason } from './events.ts'

export interface Access {
  /** Absent: the login ID belongs to nobody, and only the operator will see it. */
  customerId?: string
  userId?: string
  userName?: string
  event: AccessEvent
  reason?: AccessReason
  secondFactor?: AccessFactor
}

/** Who has done it; without a client: the operator, at the command line. */
export type AccessBy = Pick<Visitor, 'tx' | 'now' | 'log'> & Partial<Pick<Visitor, 'client'>>

/** Writes one line of the access history. */
export async function recordAccess(
  { tx, now, client, log }: AccessBy,
  { customerId, userId, userName = '', event, reason, secondFactor }: Access,
): Promise<void> {
  await tx
    .insertInto('access_history')
    .values({
      customer_id: customerId ?? null,
      at: now,
      user_id: userId ?? null,
      user_name: userName,
      event,
      reason: reason ?? null,
      second_factor: secondFactor ?? null,
      ip: client?.ip ?? null,
      browser: client?.browser ?? '',
    })
    .execute()
  log.info({ event, reason, secondFactor, user: userId, customer: customerId, ip: client?.ip }, 'access')
}
