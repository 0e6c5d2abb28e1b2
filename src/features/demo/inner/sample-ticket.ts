import { sql } from 'kysely'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import { keepFiles } from '#features/attachments/keep.ts'
import type { Transaction } from '#platform/database/database.ts'

/** Gives the inquiry that waits for the customer its author, and the picture that came with the first message. */
export async function addSampleTicket(tx: Transaction, files: readonly JudgedFile[]): Promise<void> {
  const { rows } = await sql<{ id: string; customerId: string; openedAt: Date }>`
    update ticket r set opened_by = u.id, opened_by_name = u.name from portal_user u
    where r.code = 'T-20261112-006' and u.customer_id = r.customer_id and u.mail = 'sato@example.co.jp'
    returning r.id, r.customer_id as "customerId", r.opened_at as "openedAt"`.execute(tx)
  for (const { id, customerId, openedAt } of rows) {
    const by = { tx, now: openedAt, customer: { id: customerId } }
    await keepFiles(by, { about: 'ticket', id, message: 1 }, files)
  }
}
