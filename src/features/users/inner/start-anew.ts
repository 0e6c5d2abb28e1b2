import { sql } from 'kysely'
import { sendSetupUrl } from '#features/first-login/send-setup-url.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Visitor } from '#platform/context.ts'
import type { SecondFactor } from '../user.ts'
import { voidCredential } from './void-credential.ts'

interface Renewing extends Pick<Visitor, 'tx' | 'now'>, Mailing {
  actor: { customer: { id: string } }
}

interface Anew {
  id: string
  factor: SecondFactor | null
  /** As the mail says it. */
  resetBy: 'administrator' | 'operator'
}

/** Voids all by which a user proves to be somebody, and mails a URL by which it is set up anew. The caller ends the sessions. */
export async function startAnew(by: Renewing, { id, factor, resetBy }: Anew): Promise<void> {
  const { tx, actor } = by
  await tx
    .updateTable('portal_user')
    .set({
      second_factor: factor,
      // Whoever is suspended stays so.
      state: sql`case when state = 'active' then 'awaiting-registration' else state end`,
      credential_epoch: sql`credential_epoch + 1`,
    })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', id)
    .execute()
  await voidCredential(by, id)
  await sendSetupUrl(by, { customerId: actor.customer.id, userId: id }, resetBy)
}
