import { createHash, randomInt } from 'node:crypto'
import { recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Context } from '#features/sessions/actor.ts'
import { recoveryCodesEmail } from './changed.email.ts'

const howMany = 10
// Without letters and digits that look alike. 32 ^ 16 is 80 bits: no need for a slow hash.
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const groups = 4
const groupLength = 4

/** Makes ten new recovery codes and voids all older ones. They are shown once; their hashes alone are kept. */
export async function renewRecoveryCodes(ctx: Context): Promise<string[]> {
  const { tx, actor } = ctx
  const codes = Array.from({ length: howMany }, newRecoveryCode)
  await tx
    .deleteFrom('recovery_code')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .execute()
  const rows = codes.map((code) => ({
    customer_id: actor.customer.id,
    user_id: actor.userId,
    code_hash: recoveryCodeHash(actor.userId, code),
  }))
  await tx.insertInto('recovery_code').values(rows).execute()
  await recordChange(ctx, {
    action: 'recovery-codes-renewed',
    subject: { kind: 'user', id: actor.userId, name: actor.name },
  })
  const { mail: address, mailLanguage: language, timeZone, customer, userId } = actor
  const email = recoveryCodesEmail(language, { event: 'renewed', at: ctx.now, timeZone, ip: ctx.client.ip })
  await enqueueMail(
    ctx,
    { customerId: customer.id, userId, address, language },
    { kind: 'recovery-codes-renewed', email },
  )
  return codes
}

/** How many of the actor's codes are left. */
export async function countRecoveryCodes({ tx, actor }: Context): Promise<number> {
  const { left } = await tx
    .selectFrom('recovery_code')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('used_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .executeTakeFirstOrThrow()
  return left
}

/** Salted by its user; hyphens, spaces, width and case make no difference. */
export function recoveryCodeHash(userId: string, code: string): Buffer {
  return createHash('sha256')
    .update(`${userId} ${foldRecoveryCode(code)}`)
    .digest()
}

export function foldRecoveryCode(code: string): string {
  return code
    .normalize('NFKC')
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
}

function newRecoveryCode(): string {
  const group = (): string => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}
