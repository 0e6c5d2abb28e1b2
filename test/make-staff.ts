import type { StaffRole } from '#features/house.ts'
import type { Transaction } from '#platform/database/database.ts'

/** Makes a user of the house a member of staff, with a number and roles. */
export async function makeStaff(tx: Transaction, userId: string, roles: readonly StaffRole[]): Promise<void> {
  await tx.insertInto('staff_member').values({ user_id: userId }).execute()
  for (const role of roles) await tx.insertInto('staff_role').values({ user_id: userId, role }).execute()
}
