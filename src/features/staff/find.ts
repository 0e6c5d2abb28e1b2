import { sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { StaffRole } from '#features/house.ts'

/** A member of staff, as of this request. */
export interface Staff {
  /** What customers read in place of a name: S-0042. */
  number: string
  roles: readonly StaffRole[]
}

/** Undefined: the actor is no member of staff. */
export async function findStaff(tx: Transaction, { userId }: Pick<Actor, 'userId'>): Promise<Staff | undefined> {
  const { rows } = await sql<{ number: number; roles: StaffRole[] }>`
    select m.number, array(select r.role from staff_role r where r.user_id = m.user_id order by r.role) as roles
    from staff_member m where m.customer_id = house() and m.user_id = ${userId}`.execute(tx)
  return rows[0] && { number: staffNumber(rows[0].number), roles: rows[0].roles }
}

export function staffNumber(number: number): string {
  return `S-${String(number).padStart(4, '0')}`
}
