import { sql } from 'kysely'
import type { AccessBy } from '#features/access-history/record.ts'
import { isLimitedAtFirst } from '#features/address-limits/new-users.ts'
import type { ChangeBy } from '#features/change-history/record.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Mailing } from '#features/operator-context.ts'
import { endSessionsByOperator } from '#features/sessions/end.ts'
import type { Language } from '#platform/words.ts'
import { isAddressTaken } from './inner/claim-address.ts'
import { noteChange } from './inner/note-change.ts'
import { startAnew } from './inner/start-anew.ts'
import type { SecondFactor } from './user.ts'

// What the worker does to a customer's users once two members of staff have agreed. With the operator's role.

/** The member who asked, as customers read it, and what the history says of both. */
export interface Agreed extends ChangeBy, AccessBy, Mailing {
  agreed: { askedBy: string; approvedBy: string }
}

/** The customer's user whom two have agreed about; the caller holds the row. */
export interface AgreedUser {
  id: string
  name: string
  mail: string
  mailLanguage: Language
  timeZone: string
  secondFactor: SecondFactor | null
  isRegistered: boolean
}

/** Whatever proves the user is void, also of the only administrator: who must register anew. */
export async function resetFactorOf(by: Agreed, user: AgreedUser): Promise<void> {
  await startAnew(by, { id: user.id, factor: user.secondFactor, resetBy: 'operator' })
  await endSessionsByOperator(by, { customerId: by.actor.customer.id, userId: user.id })
  await noteChange(by, user, { action: 'second-factor-reset', told: ['factor-reset'], after: by.agreed })
}

export async function makeAdministrator(by: Agreed, user: AgreedUser): Promise<void> {
  await by.tx
    .updateTable('portal_user')
    .set({ role: 'portal-administrator', version: sql`version + 1` })
    .where('customer_id', '=', by.actor.customer.id)
    .where('id', '=', user.id)
    .execute()
  await noteChange(by, user, {
    action: 'user-changed',
    told: ['made-administrator'],
    before: { role: 'general-user' },
    after: { role: 'portal-administrator', ...by.agreed },
  })
}

/** False: somebody has the address. */
export async function addAdministrator(
  by: Agreed,
  person: { name: string; phone: string; mail: string },
): Promise<boolean> {
  const { tx, actor, agreed } = by
  const customerId = actor.customer.id
  if (await isAddressTaken(by, person.mail)) return false
  const { id, mailLanguage, timeZone } = await tx
    .insertInto('portal_user')
    .values(({ selectFrom }) => ({
      customer_id: customerId,
      ...person,
      role: 'portal-administrator',
      is_limited: isLimitedAtFirst(customerId),
      time_zone: selectFrom('customer').where('id', '=', customerId).select('time_zone'),
    }))
    .returning(['id', 'mail_language as mailLanguage', 'time_zone as timeZone'])
    .executeTakeFirstOrThrow()
  await sendOpeningNotice(by, { customerId, userId: id })
  await noteChange(
    by,
    { ...person, id, mailLanguage, timeZone, isRegistered: false },
    {
      action: 'user-added',
      told: ['added'],
      userKnows: true,
      after: { ...person, role: 'portal-administrator', ...agreed },
    },
  )
  return true
}
