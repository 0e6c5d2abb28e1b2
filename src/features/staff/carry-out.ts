import { type RawBuilder, sql } from 'kysely'
import { findLosses } from '#features/administrators/losses.ts'
import type { Database, Transaction } from '#platform/database/database.ts'
import { after, hours } from '#platform/time/duration.ts'
import { type CarryingOut, doWhatIsAgreed } from './inner/deeds.ts'
import { findProblem, holdUser, type JudgedUser } from './inner/judge.ts'
import { tellOfReset } from './inner/tell-of-reset.ts'
import { findSecondYes, secondYesLasts, type SecondYesProblem, type SecondYes } from './second-yes.ts'

/** How long everybody concerned has to object before the only administrator's factor is reset. */
export const waitsForObjection = 24 * hours

type Worker = Omit<CarryingOut, 'tx' | 'now'> & { database: Database; now: () => Date }

/**
 * Does what two have agreed on, each request in a transaction of its own: whether the deed and its note are there is one question.
 * One that fails is tried again the next time, and keeps none of the others back. With the operator's role.
 */
export async function carryOutSecondYes({ database, now, ...worker }: Worker): Promise<void> {
  const ids = await database.transaction((tx) => listApproved(tx, now()))
  const failures: unknown[] = []
  for (const id of ids)
    try {
      await database.transaction((tx) => carryOut({ ...worker, tx, now: now() }, id))
    } catch (failure) {
      failures.push(failure)
    }
  await database.transaction((tx) => forgetPersons(tx, now()))
  if (failures.length > 0) throw new AggregateError(failures, 'Requests of staff could not be carried out')
}

/** No yes counts before its time. */
const isApproved = (now: Date): RawBuilder<boolean> =>
  sql<boolean>`decision = 'approved' and decided_at <= ${now} and carried_out_at is null and problem is null`

async function listApproved(tx: Transaction, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from staff_request where ${isApproved(now)} order by decided_at`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Judges everything again, and does it if it is still as it was agreed on; or not yet, or not at all. */
export async function carryOut(by: CarryingOut, id: string): Promise<void> {
  const { rows } =
    await sql`select from staff_request where id = ${id} and ${isApproved(by.now)} for update skip locked`.execute(
      by.tx,
    )
  const request = rows.length > 0 ? await findSecondYes(by, id) : undefined
  if (!request) return
  await holdAdministration(by.tx, request)
  const user = await holdUser(by, request)
  const problem = await findProblem(by, request, user)
  if (problem) return noteEnd(by, request, { problem })
  if (request.dueAt && request.dueAt > by.now) return
  if (user && !request.dueAt && (await isOnlyAdministrator(by, request, user))) return foretell(by, request, user)
  const undone = await doWhatIsAgreed(by, request, user)
  await noteEnd(by, request, undone ? { problem: undone } : {})
}

/** Of two who change a customer's administrators, one waits; see lockAutomaticGroup. */
async function holdAdministration(tx: Transaction, { customer }: SecondYes): Promise<void> {
  await sql`select from user_group where customer_id = ${customer.id} and is_automatic for update`.execute(tx)
}

async function isOnlyAdministrator(
  { tx, now }: CarryingOut,
  { kind, customer }: SecondYes,
  { id, role }: JudgedUser,
): Promise<boolean> {
  if (kind !== 'factor-reset' || role !== 'portal-administrator') return false
  const losses = await findLosses({ tx, now, actor: { customer } }, { userIds: [id], administer: 'never' })
  return losses.administrators
}

async function foretell(by: CarryingOut, { id, customer }: SecondYes, user: JudgedUser): Promise<void> {
  const dueAt = after(by.now, waitsForObjection)
  await by.tx.updateTable('staff_request').set({ due_at: dueAt }).where('id', '=', id).execute()
  await tellOfReset(by, { customerId: customer.id, userId: user.id, at: dueAt })
}

async function noteEnd(
  { tx, now, log }: CarryingOut,
  { id, kind }: SecondYes,
  { problem }: { problem?: SecondYesProblem },
): Promise<void> {
  await tx
    .updateTable('staff_request')
    .set(problem ? { problem } : { carried_out_at: now })
    .where('id', '=', id)
    .execute()
  log.info({ request: id, kind, problem }, 'a request of staff that two agreed on')
}

/** Of a person who is a user now, or will be none, the request keeps nothing. */
async function forgetPersons(tx: Transaction, now: Date): Promise<void> {
  await sql`
    update staff_request set facts = facts - 'person'
    where facts ? 'person' and (carried_out_at is not null or problem is not null or decision = 'declined'
      or decision is null and asked_at <= ${after(now, -secondYesLasts)})`.execute(tx)
}
