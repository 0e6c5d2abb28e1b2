import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import type { Confirmed } from '#platform/context.ts'
import type { Transaction } from '#platform/database/database.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after } from '#platform/time/duration.ts'
import type { StaffContext } from './context.ts'
import { secondYesLasts, type SecondYes } from './second-yes.ts'

export const decisions = ['approved', 'declined'] as const
export type Decision = (typeof decisions)[number]

type DecisionProblem = 'own-request' | 'decided-or-over'

/** The second yes, or no, of somebody else than who asked. It is the worker who does what is asked for. */
export async function decideSecondYes(
  ctx: Confirmed<StaffContext>,
  request: SecondYes,
  decision: Decision,
): Promise<Outcome<void, DecisionProblem>> {
  const { tx, now, actor } = ctx
  if (request.askedBy.id === actor.userId) return refuse('own-request')
  await enterFence(tx, request.customer.id)
  const decided = await tx
    .updateTable('staff_request')
    .set({ decision, decided_by: actor.userId, decided_at: now })
    .where('customer_id', '=', request.customer.id)
    .where('id', '=', request.id)
    .where('decision', 'is', null)
    .where('asked_by', '<>', actor.userId)
    .where('asked_at', '>', after(now, -secondYesLasts))
    .returning('id')
    .executeTakeFirst()
  return decided ? done() : refuse('decided-or-over')
}

/** The same at the server's command line, where nobody of the staff is left who could. With the operator's role. */
export async function approveAtCommandLine(
  { tx, now }: { tx: Transaction; now: Date },
  { id, askedBy }: Pick<SecondYes, 'id' | 'askedBy'>,
): Promise<Outcome<void, 'decided-or-over' | 'others-may'>> {
  if ((await listDeciders({ tx, now }, askedBy.id)).length > 0) return refuse('others-may')
  const decided = await tx
    .updateTable('staff_request')
    .set({ decision: 'approved', decided_at: now })
    .where('id', '=', id)
    .where('decision', 'is', null)
    .where('asked_at', '>', after(now, -secondYesLasts))
    .returning('id')
    .executeTakeFirst()
  return decided ? done() : refuse('decided-or-over')
}

/** Who can decide what somebody has asked for. */
export async function listDeciders(
  { tx, now }: { tx: Transaction; now: Date },
  askerId: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from staff_role r join portal_user u on u.id = r.user_id join customer c on c.id = u.customer_id
    where r.role = 'security' and u.state = 'active' and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now}) and u.id <> ${askerId}
    order by u.name, u.id`.execute(tx)
  return rows
}
