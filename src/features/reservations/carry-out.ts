import { sql } from 'kysely'
import type { LineAction } from '#features/line-changes/actions.ts'
import { applyRows } from '#features/line-changes/apply-rows.ts'
import { type Changed, changeLine } from '#features/line-changes/change.ts'
import { type ChangedRow, isUndone } from '#features/line-changes/undo.ts'
import { openLineFor } from '#features/lines/open-for.ts'
import { findSiteState, underWay } from '#features/site-state/find.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after } from '#platform/time/duration.ts'
import { tellOfFailure } from './inner/tell-of-failure.ts'
import { lateAfter, type ReservationProblem } from './values.ts'

export interface CarryingOut {
  database: Database
  secrets: Secrets
  settingsUrl: URL
  now: () => Date
}

/** Of one look; those that are left come with the next. */
const mostAtOnce = 500

/**
 * Makes the changes whose moment has come, the earliest first, each in a transaction of its own: it is made and noted, or neither.
 * One that breaks is tried again the next time, and keeps none of the others back. With the operator's role.
 */
export async function carryOutReservations(by: CarryingOut): Promise<void> {
  const failures: unknown[] = []
  const tried = new Set<string>()
  for (;;) {
    const due = await by.database.transaction((tx) => listDue(tx, by.now(), failures.length))
    const next = due.filter(({ id }) => !tried.has(id))
    if (next.length === 0) break
    for (const key of next) {
      tried.add(key.id)
      try {
        await by.database.transaction((tx) => carryOutReservation({ ...by, tx, now: by.now() }, key))
      } catch (failure) {
        failures.push(failure)
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Reserved changes could not be made')
}

interface Key {
  customerId: string
  contractId: string
  id: string
}

async function listDue(tx: Transaction, now: Date, broken: number): Promise<Key[]> {
  // While nobody may change settings, neither does the worker.
  if (underWay(await findSiteState(tx, 'settings'), now)) return []
  const { rows } = await sql<Key>`
    select customer_id as "customerId", contract_id as "contractId", id from pbx.reservation
    where state = 'waiting' and due_at <= ${now}
    order by due_at, place limit ${mostAtOnce + broken}`.execute(tx)
  return rows
}

type Worker = Pick<CarryingOut, 'secrets' | 'settingsUrl'> & { tx: Transaction; now: Date }

interface Due {
  id: string
  dueAt: Date
  authorId: string
  authorName: string
  action: LineAction
  subject: string
  undoes: number | null
  rows: ChangedRow[]
}

/** Judges one anew and makes it, if it waits still: whoever withdraws it comes before this or too late. */
async function carryOutReservation(worker: Worker, key: Key): Promise<void> {
  const { tx, now } = worker
  // The line first, as whoever changes or removes it does.
  const line = await holdLine(tx, key)
  const due = line && (await holdReservation(tx, key, now))
  if (!line || !due) return
  const made = await withSavepoint(
    tx,
    () => make(worker, { ...due, ...key }),
    ({ ok }) => !ok,
  )
  const problem = made.ok ? null : made.problem
  await sql`update pbx.reservation set state = ${made.ok ? 'done' : 'failed'}, problem = ${problem}, settled_at = ${now},
      change_id = ${made.ok ? (made.value.changeId ?? null) : null}
    where customer_id = ${key.customerId} and contract_id = ${key.contractId} and id = ${key.id}`.execute(tx)
  if (problem) await tellOfFailure(worker, { ...due, ...key, number: line.number, problem })
}

/** Undefined: there is no line any more, or somebody changes it: the next look comes soon. */
async function holdLine(tx: Transaction, { customerId, contractId }: Key): Promise<{ number: string } | undefined> {
  const { rows } = await sql<{ number: string }>`
    select number from pbx.line where customer_id = ${customerId} and contract_id = ${contractId}
    for no key update skip locked`.execute(tx)
  return rows[0]
}

async function holdReservation(
  tx: Transaction,
  { customerId, contractId, id }: Key,
  now: Date,
): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    select id, due_at as "dueAt", actor_id as "authorId", actor_name as "authorName", action, subject, undoes, changes as rows
    from pbx.reservation where customer_id = ${customerId} and contract_id = ${contractId} and id = ${id}
      and state = 'waiting' and due_at <= ${now} for update`.execute(tx)
  return rows[0]
}

async function make({ tx, now }: Worker, due: Due & Key): Promise<Outcome<Changed<void>, ReservationProblem>> {
  if (due.dueAt <= after(now, -lateAfter)) return refuse('late')
  const opened = await openLineFor({ tx, now }, due)
  if (!opened.ok) return opened
  const ctx = opened.value
  const { action, subject, undoes } = due
  if (undoes !== null && (await isUndone(ctx, undoes))) return refuse('undone-already')
  const change = { action, subject, origin: 'reservation' as const, ...(undoes !== null && { undoes }) }
  const made = await changeLine(ctx, change, async (changing) => {
    const applied = await applyRows(changing, due.rows)
    return applied.ok ? done() : applied
  })
  if (made.ok) return made
  return refuse(made.problem === 'may-not-edit' ? 'right-gone' : made.problem)
}
