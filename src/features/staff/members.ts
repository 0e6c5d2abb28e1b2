import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { houseId, type StaffRole } from '#features/house.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { StaffContext } from './context.ts'
import { staffNumber } from './find.ts'

/** A member of staff, as those see one who are responsible for security. */
export interface Member {
  id: string
  number: string
  name: string
  mail: string
  phone: string
  state: 'awaiting-registration' | 'active' | 'suspended'
  roles: StaffRole[]
  lastSignInAt: Date | null
  version: number
}

/** More than an operator has. */
const mostMembers = 500

export async function listMembers(ctx: StaffContext): Promise<Member[]> {
  return readMembers(ctx, null)
}

export async function findMember(ctx: StaffContext, id: string): Promise<Member | undefined> {
  const [member] = await readMembers(ctx, id)
  return member
}

async function readMembers({ tx }: StaffContext, id: string | null): Promise<Member[]> {
  const { rows } = await sql<Omit<Member, 'number'> & { number: number }>`
    select u.id, m.number, u.name, u.mail, u.phone, u.state, u.version, u.last_sign_in_at as "lastSignInAt",
      array(select r.role from staff_role r where r.user_id = u.id order by r.role) as roles
    from staff_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
    where m.customer_id = house() and u.state <> 'deleted' and (${id}::uuid is null or u.id = ${id})
    order by m.number limit ${sql.lit(mostMembers)}`.execute(tx)
  return rows.map((row) => ({ ...row, number: staffNumber(row.number) }))
}

/**
 * Shuts a member out at once: taking away needs one yes. To come back takes two. Whoever does it stays, so that somebody responsible
 * for security always does; of two who would suspend each other, the second one waits here and finds itself suspended.
 */
export async function suspendMember(
  ctx: Confirmed<StaffContext>,
  member: Member,
): Promise<Outcome<void, 'own-self' | 'changed-meanwhile'>> {
  const { tx, actor, now, staff } = ctx
  if (member.id === actor.userId) return refuse('own-self')
  await sql`select pg_advisory_xact_lock(hashtextextended('members of staff', 0))`.execute(tx)
  const { rows } = await sql`
    update portal_user u set state = 'suspended', credential_epoch = credential_epoch + 1, version = version + 1
    where customer_id = house() and id = ${member.id} and version = ${member.version} and state in ('active', 'awaiting-registration')
      and exists (select from portal_user me where me.id = ${actor.userId} and me.state = 'active')
    returning id`.execute(tx)
  if (rows.length === 0) return refuse('changed-meanwhile')
  await endSessionsOf(ctx, member.id)
  await recordChange(
    { tx, now, actor: { customer: { id: houseId }, userId: actor.userId, name: staff.number } },
    {
      action: 'user-suspended',
      subject: { kind: 'user', id: member.id, name: member.name },
      before: { state: member.state },
      after: { state: 'suspended' },
    },
  )
  return done()
}
