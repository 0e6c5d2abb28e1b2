import { sql } from 'kysely'
import type { AccessBy } from '#features/access-history/record.ts'
import { recordChange } from '#features/change-history/record.ts'
import { houseId, type StaffRole } from '#features/house.ts'
import type { Mailing } from '#features/operator-context.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import { addAdministrator, type Agreed, makeAdministrator, resetFactorOf } from '#features/users/second-yes.ts'
import { addStaff } from '../add.ts'
import type { AskedNotice, SecondYesProblem, SecondYes } from '../second-yes.ts'
import type { JudgedUser } from './judge.ts'

/** One transaction of the worker's. */
export interface CarryingOut extends Pick<AccessBy, 'tx' | 'now' | 'log'>, Mailing {
  /** Makes of a draft a notice; answers why not. */
  publishNotice: (by: Agreed, notice: AskedNotice) => Promise<'changed' | 'not-possible' | undefined>
}

/** Does what was asked for; answers why not, if it turns out to be impossible only then. */
export async function doWhatIsAgreed(
  by: CarryingOut,
  request: SecondYes,
  user: JudgedUser | undefined,
): Promise<SecondYesProblem | undefined> {
  const { kind, facts } = request
  const agreed = await agreedBy(by, request)
  if (kind === 'administrator-added' && facts.person)
    return (await addAdministrator(agreed, facts.person)) ? undefined : 'address-taken'
  if (kind === 'staff-added' && facts.person) {
    const added = await addStaff({ ...by, mailing: by, agreed }, { ...facts.person, roles: facts.roles ?? [] })
    return added.ok ? undefined : 'address-taken'
  }
  if (kind === 'notice-published' && facts.notice) return by.publishNotice(agreed, facts.notice)
  if (!user) return 'not-possible'
  if (kind === 'factor-reset') await resetFactorOf(agreed, user)
  if (kind === 'administrator-made') await makeAdministrator(agreed, user)
  if (kind === 'staff-roles') await setRoles(agreed, user, facts.roles ?? [])
  if (kind === 'staff-resumed') await resume(agreed, user)
  return undefined
}

/** Who does it, as the history of whom it concerns says: the member who asked, and both of them. */
async function agreedBy(by: CarryingOut, { customer, askedBy, decidedBy }: SecondYes): Promise<Agreed> {
  const { name_ja: operator } = await by.tx.selectFrom('operator').select('name_ja').executeTakeFirstOrThrow()
  const name = customer.isHouse ? askedBy.number : `${operator}（${askedBy.number}）`
  return {
    ...by,
    actor: { customer, userId: askedBy.id, name },
    agreed: { askedBy: askedBy.number, approvedBy: decidedBy?.number ?? 'command-line' },
  }
}

async function setRoles(by: Agreed, user: JudgedUser, roles: readonly StaffRole[]): Promise<void> {
  const { tx } = by
  await tx.deleteFrom('staff_role').where('user_id', '=', user.id).execute()
  for (const role of roles) await tx.insertInto('staff_role').values({ user_id: user.id, role }).execute()
  await recordChange(by, {
    action: 'user-changed',
    subject: { kind: 'user', id: user.id, name: user.name },
    before: { roles: user.roles.join(', ') },
    after: { roles: roles.join(', '), ...by.agreed },
  })
}

async function resume(by: Agreed, user: JudgedUser): Promise<void> {
  const state = user.isRegistered ? 'active' : 'awaiting-registration'
  await sql`update portal_user set state = ${state}, version = version + 1
    where customer_id = ${houseId} and id = ${user.id}`.execute(by.tx)
  await recordChange(by, {
    action: 'user-resumed',
    subject: { kind: 'user', id: user.id, name: user.name },
    before: { state: 'suspended' },
    after: { state, ...by.agreed },
  })
  if (!user.isRegistered) await sendOpeningNotice(by, { customerId: houseId, userId: user.id })
}
