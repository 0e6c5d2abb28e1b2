import { recordRefusal, refusedNow } from '#features/address-limits/refuse.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { enterFenceByMailChange } from '#features/sessions/fence.ts'
import { unlockUser } from '#features/sign-in/unlock.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { Language } from '#platform/words.ts'
import { isAddressTaken } from './inner/claim-address.ts'
import { lockUser } from './inner/lock-user.ts'
import { noteChange } from './inner/note-change.ts'
import { writeMail } from './inner/write-mail.ts'
import { isRegistered } from './user.ts'

/** A new mail address that waits to be confirmed. */
export interface MailChange {
  customerId: string
  userId: string
  name: string
  mail: string
  newMail: string
  mailLanguage: Language
  timeZone: string
  isRegistered: boolean
  /** Its user may not come in from where this request comes from. */
  isRefused: boolean
}

/** By the key of the mailed URL; moves the fence to its customer. Undefined when it expired, was replaced or voided, or never was. */
export async function findMailChange({ tx, now, client }: Visitor, key: string): Promise<MailChange | undefined> {
  const hash = hashOf(key)
  const customerId = await enterFenceByMailChange(tx, hash)
  if (!customerId) return undefined
  return tx
    .selectFrom('mail_change as m')
    .innerJoin('portal_user as u', (on) =>
      on.onRef('u.customer_id', '=', 'm.customer_id').onRef('u.id', '=', 'm.user_id'),
    )
    .leftJoin('address_limit as l', 'l.customer_id', 'm.customer_id')
    .where('m.customer_id', '=', customerId)
    .where('m.token_hash', '=', hash)
    .where('m.expires_at', '>', now)
    .where('u.state', '<>', 'deleted')
    .where(isInPeriodOf(customerId, now))
    .whereRef('u.credential_epoch', '=', 'm.credential_epoch')
    .select([
      'm.customer_id as customerId',
      'm.user_id as userId',
      'u.name',
      'u.mail',
      'm.new_mail as newMail',
      'u.mail_language as mailLanguage',
      'u.time_zone as timeZone',
      isRegistered.as('isRegistered'),
      refusedNow({ client, now }).as('isRefused'),
    ])
    .executeTakeFirst()
}

/** From now on the user logs in with the new address; the old one is told. */
export async function confirmMail(
  visitor: Visitor,
  change: MailChange,
): Promise<Outcome<void, 'void' | 'mail-taken' | 'address-refused'>> {
  const { tx } = visitor
  const { customerId, userId, name, mail, newMail } = change
  if (change.isRefused) {
    await recordRefusal(visitor, { customerId, userId, userName: name })
    return refuse('address-refused', { keep: true })
  }
  await lockUser(visitor, { customerId, userId })
  const used = await tx
    .deleteFrom('mail_change')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('new_mail', '=', newMail)
    .returning('id')
    .executeTakeFirst()
  if (!used) return refuse('void')
  if (await isAddressTaken(visitor, newMail)) return refuse('mail-taken', { keep: true })
  // Failures are counted for the address, and the new one has none.
  await unlockUser(visitor, { customerId, userId })
  await writeMail(visitor, { customerId, userId, newMail })
  const by = { ...visitor, actor: { customer: { id: customerId }, userId, name } }
  const user = { ...change, id: userId }
  const told = ['mail-changed'] as const
  await noteChange(by, user, { action: 'mail-changed', told, before: { mail }, after: { mail: newMail } })
  return done()
}
