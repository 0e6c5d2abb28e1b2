import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import type { Confirmed } from '#platform/context.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { StaffContext } from './context.ts'
import {
  type AskedNotice,
  listOpenSecondYes,
  type NewPerson,
  type SecondYesFacts,
  type SecondYesKind,
} from './second-yes.ts'
import type { StaffRole } from '#features/house.ts'

/** Who it is about, as whoever asks sees that user. */
interface Subject {
  id: string
  version: number
}

export interface Asked {
  kind: SecondYesKind
  /** Whom it concerns; the house for staff. */
  customerId: string
  user?: Subject
  person?: NewPerson
  roles?: readonly StaffRole[]
  formerRoles?: readonly StaffRole[]
  notice?: AskedNotice
  reason: string
}

/** Asks for what another member of the staff must agree to; answers the request. */
export async function askForSecondYes(
  ctx: Confirmed<StaffContext>,
  { kind, customerId, user, reason, ...rest }: Asked,
): Promise<Outcome<string, 'asked-already' | 'changed-meanwhile' | 'address-taken'>> {
  const { tx, now, actor } = ctx
  const subject = user && (await findSubject(ctx, { customerId, user }))
  if (user && !subject) return refuse('changed-meanwhile')
  const about = user ? { userId: user.id } : rest.notice && { noticeId: rest.notice.id }
  if (about) {
    const open = await listOpenSecondYes(ctx, { customerId, ...about })
    if (open.some((request) => request.kind === kind)) return refuse('asked-already')
  }
  if (rest.person && (await isAddressTaken(ctx, rest.person.mail))) return refuse('address-taken')
  const facts: SecondYesFacts = { ...subject, ...rest }
  await enterFence(tx, customerId)
  const { id } = await tx
    .insertInto('staff_request')
    .values({
      customer_id: customerId,
      kind,
      user_id: user?.id ?? null,
      facts: JSON.stringify(facts),
      reason,
      asked_by: actor.userId,
      asked_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return done(id)
}

/** Of any customer's user, or of staff. */
async function isAddressTaken({ tx }: StaffContext, mail: string): Promise<boolean> {
  const { rows } = await sql<{ isTaken: boolean }>`select door.is_address_taken(${mail}) as "isTaken"`.execute(tx)
  return only(rows).isTaken
}

/** What the user is now, if that is what the form was about. */
async function findSubject(
  { tx }: StaffContext,
  { customerId, user }: { customerId: string; user: Subject },
): Promise<Pick<SecondYesFacts, 'version' | 'epoch'> | undefined> {
  return tx
    .selectFrom('portal_user')
    .where('customer_id', '=', customerId)
    .where('id', '=', user.id)
    .where('version', '=', user.version)
    .where('state', '<>', 'deleted')
    .select(['version', 'credential_epoch as epoch'])
    .executeTakeFirst()
}
