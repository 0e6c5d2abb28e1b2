import { sql } from 'kysely'
import type { AgreedUser } from '#features/users/second-yes.ts'
import type { Transaction } from '#platform/database/database.ts'
import { after } from '#platform/time/duration.ts'
import type { StaffRole } from '#features/house.ts'
import {
  askersRole,
  type SecondYesFacts,
  type SecondYesKind,
  secondYesLasts,
  type SecondYesProblem,
  type SecondYes,
} from '../second-yes.ts'

/** The user of a request, held until the commit. */
export interface JudgedUser extends AgreedUser {
  state: 'awaiting-registration' | 'active' | 'suspended' | 'deleted'
  role: 'general-user' | 'portal-administrator'
  version: number
  epoch: number
  lastSignInAt: Date | null
  roles: StaffRole[]
}

interface Judging {
  tx: Transaction
  now: Date
}

/** As nobody else will change it before the commit. */
export async function holdUser({ tx }: Judging, { customer, user }: SecondYes): Promise<JudgedUser | undefined> {
  if (!user) return undefined
  const { rows } = await sql<JudgedUser>`
    select u.id, u.name, u.mail, u.mail_language as "mailLanguage", u.time_zone as "timeZone", u.second_factor as "secondFactor",
      u.state, u.role, u.version, u.credential_epoch as epoch, u.last_sign_in_at as "lastSignInAt",
      exists (select from user_credential c where c.customer_id = u.customer_id and c.user_id = u.id) as "isRegistered",
      array(select r.role from staff_role r where r.user_id = u.id order by r.role) as roles
    from portal_user u where u.customer_id = ${customer.id} and u.id = ${user.id} for no key update`.execute(tx)
  return rows[0]
}

/** Why what was approved cannot be done any more, if so: all of it is judged as of now. */
export async function findProblem(
  judging: Judging,
  request: SecondYes,
  user: JudgedUser | undefined,
): Promise<SecondYesProblem | undefined> {
  const { now } = judging
  const { kind, askedBy, askedAt, decidedAt, dueAt, facts } = request
  const may = await mayStill(judging, request.id, askersRole[kind])
  if (!may.asker) return 'asker-may-not'
  if (!may.decider) return 'decider-may-not'
  if (!decidedAt || after(askedAt, secondYesLasts) <= decidedAt || after(dueAt ?? decidedAt, secondYesLasts) <= now)
    return 'too-late'
  if (kind === 'factor-reset' && user?.lastSignInAt && user.lastSignInAt > askedAt) return 'signed-in'
  if (request.user && (user?.version !== facts.version || user?.epoch !== facts.epoch)) return 'changed'
  return isPossible[kind](user, facts) && askedBy.id !== user?.id ? undefined : 'not-possible'
}

/** Whether it can be done to the user as the user is. */
const isPossible: Readonly<Record<SecondYesKind, (user: JudgedUser | undefined, facts: SecondYesFacts) => boolean>> = {
  'factor-reset': (user) => user?.state === 'active' && user.isRegistered,
  'administrator-made': (user) =>
    (user?.state === 'active' || user?.state === 'awaiting-registration') && user.role === 'general-user',
  'administrator-added': (_user, { person }) => person !== undefined,
  'staff-added': (_user, { person }) => person !== undefined,
  'staff-roles': (user, { formerRoles = [] }) =>
    user !== undefined && user.state !== 'deleted' && sameRoles(user.roles, formerRoles),
  'staff-resumed': (user) => user?.state === 'suspended',
  'notice-published': (_user, { notice }) => notice !== undefined,
}

function sameRoles(one: readonly StaffRole[], other: readonly StaffRole[]): boolean {
  return one.toSorted().join() === other.toSorted().join()
}

/** Whether who asked and who decided are still who they had to be. At the command line it was decided by whoever has the server. */
async function mayStill(
  { tx, now }: Judging,
  requestId: string,
  role: StaffRole,
): Promise<{ asker: boolean; decider: boolean }> {
  const has = (who: string, what: StaffRole) => sql<boolean>`exists (
    select from portal_user u join customer c on c.id = u.customer_id join staff_role o on o.user_id = u.id
    where u.id = ${sql.ref(who)} and u.customer_id = house() and u.state = 'active' and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now})
      and o.role = ${what})`
  const { rows } = await sql<{ asker: boolean; decider: boolean }>`
    select ${has('r.asked_by', role)} as asker, r.decided_by is null or ${has('r.decided_by', 'security')} as decider
    from staff_request r where r.id = ${requestId}`.execute(tx)
  return rows[0] ?? { asker: false, decider: false }
}
