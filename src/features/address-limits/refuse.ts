import { type RawBuilder, sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import type { Visitor } from '#platform/context.ts'

/** Whom it is about: behind the fence of the customer, or with the operator's role. */
export interface LimitedAccount {
  customerId: string
  userId: string
}

/** Of the user `u` and the rules `l` of the customer, if there are any: whether this client is refused now. */
export function refusedNow({ client, now }: Pick<Visitor, 'client' | 'now'>): RawBuilder<boolean> {
  return sql<boolean>`address_refuses(l, u.is_limited, u.trial_limited, ${client.ip}::inet, ${now})`
}

/** Whether the user may not come in from where this request comes from. Sessions are judged by their door, at each request. */
export async function isRefused(
  { tx, client, now }: Pick<Visitor, 'tx' | 'now'> & { client: Pick<Visitor['client'], 'ip'> },
  { customerId, userId }: LimitedAccount,
): Promise<boolean> {
  const { rows } = await sql`
    select from portal_user u join address_limit l on l.customer_id = u.customer_id
    where u.customer_id = ${customerId} and u.id = ${userId}
      and address_refuses(l, u.is_limited, u.trial_limited, ${client.ip}::inet, ${now})`.execute(tx)
  return rows.length > 0
}

/** Notes in the access history that somebody was refused. */
export async function recordRefusal(visitor: Visitor, { customerId, userId, userName }: Refused): Promise<void> {
  await recordAccess(visitor, { customerId, userId, userName, event: 'failed', reason: 'address-refused' })
}

interface Refused extends LimitedAccount {
  userName: string
}

/**
 * Whether a wish for a URL came from an address that is not allowed: then the history has it. With the operator's role. Wishes
 * of an older version say no address.
 */
export async function refuseWish(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { customerId, userId }: LimitedAccount,
  ip: string | null,
): Promise<boolean> {
  if (ip === null) return false
  const { rows } = await sql`
    insert into access_history (customer_id, at, user_id, user_name, event, reason, ip)
    select u.customer_id, ${now}, u.id, u.name, 'failed', 'address-refused', ${ip}::inet
    from portal_user u join address_limit l on l.customer_id = u.customer_id
    where u.customer_id = ${customerId} and u.id = ${userId}
      and address_refuses(l, u.is_limited, u.trial_limited, ${ip}::inet, ${now})
    returning 1`.execute(tx)
  return rows.length > 0
}
