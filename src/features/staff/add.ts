import { sql } from 'kysely'
import { operatorFor, recordChange } from '#features/change-history/record.ts'
import type { Agreed } from '#features/users/second-yes.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { houseId, type StaffRole } from '#features/house.ts'

export interface NewStaff {
  mail: string
  name: string
  phone: string
  roles: readonly StaffRole[]
}

/**
 * Makes somebody a member of staff, who registers in the console by the URL that is mailed; or gives a member more roles. A
 * customer's user cannot be one: a mail address is one user. With the operator's role; `mailing` absent: nothing is mailed. `agreed`: two
 * members want somebody new; absent: whoever has the server does.
 */
export async function addStaff(
  { tx, now, mailing, agreed }: Pick<Visitor, 'tx' | 'now'> & { mailing?: Mailing; agreed?: Agreed },
  { mail, name, phone, roles }: NewStaff,
): Promise<Outcome<{ id: string; isNew: boolean }, 'mail-taken'>> {
  const known = await tx
    .selectFrom('portal_user')
    .where('login_id', '=', sql<string>`fold_text(${mail})`)
    .where('state', '<>', 'deleted')
    .select(['id', 'customer_id'])
    .executeTakeFirst()
  if (known && (known.customer_id !== houseId || agreed)) return refuse('mail-taken')
  const id = known?.id ?? (await insertMember({ tx }, { mail, name, phone }))
  for (const role of roles)
    await tx
      .insertInto('staff_role')
      .values({ user_id: id, role })
      .onConflict((clash) => clash.doNothing())
      .execute()
  await recordChange(
    { tx, now, actor: agreed?.actor ?? operatorFor({ id: houseId }) },
    {
      action: known ? 'user-changed' : 'user-added',
      subject: { kind: 'user', id, name },
      after: { mail, roles: roles.join(', '), ...agreed?.agreed },
    },
  )
  if (!known && mailing) await sendOpeningNotice({ ...mailing, tx, now }, { customerId: houseId, userId: id })
  return done({ id, isNew: !known })
}

async function insertMember(
  { tx }: Pick<Visitor, 'tx'>,
  { mail, name, phone }: Omit<NewStaff, 'roles'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('portal_user')
    .values({
      customer_id: houseId,
      mail,
      name,
      phone,
      role: 'general-user',
      second_factor: 'totp',
      from_operator: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.insertInto('staff_member').values({ user_id: id }).execute()
  return id
}
