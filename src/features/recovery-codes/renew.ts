import { recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { recoveryCodesEmail } from './changed.email.ts'
import { makeRecoveryCodes } from './make.ts'

/** Makes ten new recovery codes and voids all older ones. They are shown once; their hashes alone are kept. */
export async function renewRecoveryCodes(ctx: Confirmed<Context>): Promise<string[]> {
  const { mail: address, mailLanguage: language, timeZone, customer, userId, name } = ctx.actor
  const codes = await makeRecoveryCodes(ctx.tx, { customerId: customer.id, userId })
  await recordChange(ctx, { action: 'recovery-codes-renewed', subject: { kind: 'user', id: userId, name } })
  const email = recoveryCodesEmail(language, { event: 'renewed', at: ctx.now, timeZone, ip: ctx.client.ip })
  await enqueueMail(
    ctx,
    { customerId: customer.id, userId, address, language },
    { kind: 'recovery-codes-renewed', email },
  )
  return codes
}
