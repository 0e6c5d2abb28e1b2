import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { noteLimitChange } from './inner/note-change.ts'

interface Noting {
  tx: Transaction
  now: Date
  secrets: Secrets
}

/** Of one run; what is left is done by the next, a minute later. */
const mostAtOnce = 100

/**
 * Notes the trials that nobody has confirmed: the history has it, and all administrators are told. What was confirmed last has been
 * in force again since the trial ended, whether this runs or not. Of all customers, with the operator's role.
 */
export async function noteFallenBack(by: Noting): Promise<number> {
  const { rows } = await sql<{ customerId: string }>`
    select customer_id as "customerId" from address_limit where trial_ends_at <= ${by.now}
    order by trial_ends_at limit ${sql.lit(mostAtOnce)} for update skip locked`.execute(by.tx)
  for (const { customerId } of rows) await noteFallBack(by, customerId)
  return rows.length
}

/** The same of one customer, before anything else becomes of its rules. */
export async function noteFallBack(by: Noting, customerId: string): Promise<void> {
  const { tx, now } = by
  const { rows } = await sql<FallenBack>`
    with over as (
      select customer_id, trial_ends_at, trial_by from address_limit
      where customer_id = ${customerId} and trial_ends_at <= ${now} for update)
    update address_limit l set trial_ends_at = null
    from over o join customer c on c.id = o.customer_id join portal_user b on b.customer_id = o.customer_id and b.id = o.trial_by
    where l.customer_id = o.customer_id
    returning c.name as customer, b.id as "userId", b.name, l.is_on as "isOn", array_to_string(l.networks, ', ') as networks`.execute(
    tx,
  )
  const [fallen] = rows
  if (!fallen) return
  await tx
    .updateTable('portal_user')
    .set({ trial_limited: null })
    .where('customer_id', '=', customerId)
    .where('trial_limited', 'is not', null)
    .execute()
  const { customer, userId, name, isOn, networks } = fallen
  // In the name of whoever began it: nobody has confirmed it.
  const actor = { customer: { id: customerId, name: customer }, userId, name }
  await noteLimitChange({ ...by, actor }, { action: 'address-limit-fell-back', after: { isOn, networks } })
}

interface FallenBack {
  customer: string
  userId: string
  name: string
  isOn: boolean
  networks: string
}
