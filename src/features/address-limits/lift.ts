import { sql } from 'kysely'
import { operatorFor } from '#features/change-history/record.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { noteFallBack } from './fall-back.ts'
import { noteLimitChange } from './inner/note-change.ts'

export interface Lifting {
  tx: Transaction
  now: Date
  secrets: Secrets
}

/**
 * Switches the restriction off for a customer who is locked out, the trial too; the list stays, to be switched on again. With the
 * operator's role. Answers whether it was on.
 */
export async function liftAddressLimit(by: Lifting, customer: { id: string; name: string }): Promise<boolean> {
  await noteFallBack(by, customer.id)
  const { rows } = await sql`
    with former as (select is_on or trial_is_on and trial_ends_at > ${by.now} as was_on from address_limit where customer_id = ${customer.id} for update)
    update address_limit set is_on = false, trial_ends_at = null, version = version + 1 from former
    where customer_id = ${customer.id} and was_on returning 1`.execute(by.tx)
  if (rows.length === 0) return false
  await noteLimitChange(
    { ...by, actor: operatorFor(customer) },
    { action: 'address-limit-lifted', after: { isOn: false } },
  )
  return true
}
