import { sql } from 'kysely'
import type { StaffContext } from '#features/staff/context.ts'
import type { SeenCustomer } from '#features/staff/see-customer.ts'

export interface CustomerNote {
  number: number
  at: Date
  by: string
  text: string
}

export const longestNote = 4000

/** Of a customer whose fence is entered, the newest first. */
export async function listCustomerNotes({ tx }: StaffContext, { id }: SeenCustomer): Promise<CustomerNote[]> {
  return tx
    .selectFrom('customer_note')
    .where('customer_id', '=', id)
    .select(['number', 'at', 'staff_name as by', 'text'])
    .orderBy('number', 'desc')
    .limit(20)
    .execute()
}

/** Who writes at the same time waits: numbers have no gaps. */
export async function addCustomerNote(
  { tx, now, actor, staff }: StaffContext,
  { id }: SeenCustomer,
  text: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`note of ${id}`}, 0))`.execute(tx)
  await sql`
    insert into customer_note (customer_id, number, at, staff_id, staff_name, text)
    select ${id}, coalesce(max(number), 0) + 1, ${now}, ${actor.userId}, ${staff.number}, ${text}
    from customer_note where customer_id = ${id}`.execute(tx)
}
