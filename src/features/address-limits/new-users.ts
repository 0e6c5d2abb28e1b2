import { type RawBuilder, sql } from 'kysely'

/** Whether a user who is added now is limited from the beginning. */
export function isLimitedAtFirst(customerId: string): RawBuilder<boolean> {
  return sql<boolean>`coalesce((select limits_new_users from address_limit where customer_id = ${customerId}), false)`
}
