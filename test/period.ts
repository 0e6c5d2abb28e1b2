import { shutOut } from '#features/users/shut-out.ts'
import { days } from '#platform/time/duration.ts'
import type { TestDatabase } from './database.ts'
import type { MadeUser } from './make.ts'
import type { TestPortal } from './portal.ts'

/**
 * Lets a user use the portal on one day alone, `on` days from today; null: always. As an administrator, a file or the operator does.
 * Answers the day.
 */
export async function movePeriod(
  database: TestDatabase,
  portal: TestPortal,
  { id, customerId, on }: MadeUser & { on: number | null },
): Promise<string | null> {
  const day = on === null ? null : dayIn(portal, on)
  const by = { now: portal.program.now(), actor: { customer: { id: customerId } } }
  await database.operator.transaction(async (tx) => {
    await shutOut({ ...by, tx }, [id])
    await tx.updateTable('portal_user').set({ begins_on: day, ends_on: day }).where('id', '=', id).execute()
    await shutOut({ ...by, tx }, [id])
  })
  return day
}

/** A day of the customers' zone, so many from today. */
export function dayIn({ program }: TestPortal, n: number): string {
  const moment = new Date(program.now().getTime() + n * days)
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(moment)
}
