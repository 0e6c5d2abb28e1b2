import { type RawBuilder, sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Reservation } from './reservation.ts'

/** A reservation as a form has shown it. */
type Shown = Pick<Reservation, 'id' | 'action' | 'subject' | 'version'>

/** Takes a reservation back. Whoever may edit may: also one of somebody who has left. Once its moment has come it is too late. */
export function withdrawReservation(
  ctx: LineContext,
  shown: Shown,
): Promise<Outcome<void, 'may-not-edit' | 'changed-meanwhile'>> {
  const set = sql`state = 'withdrawn', settled_at = ${ctx.now}, settled_by = ${ctx.actor.name}`
  return settle(ctx, shown, { set, action: 'line-reservation-withdrawn' })
}

/** Gives it another moment. It stays its author's, whose right counts then. */
export function moveReservation(
  ctx: LineContext,
  shown: Shown,
  due: Date,
): Promise<Outcome<void, 'may-not-edit' | 'changed-meanwhile'>> {
  return settle(ctx, shown, { set: sql`due_at = ${due}`, action: 'line-reservation-moved', due })
}

interface Settlement {
  set: RawBuilder<unknown>
  action: 'line-reservation-withdrawn' | 'line-reservation-moved'
  due?: Date
}

async function settle(
  ctx: LineContext,
  { id, action: about, subject, version }: Shown,
  { set, action, due }: Settlement,
): Promise<Outcome<void, 'may-not-edit' | 'changed-meanwhile'>> {
  const { tx, contract } = ctx
  if (!contract.mayEdit) return refuse('may-not-edit')
  // Of this and the worker one comes first, and the other finds it settled.
  const { rows } = await sql`
    update pbx.reservation r set ${set}, version = version + 1
    where ${ofLine(ctx, 'r')} and r.id = ${id} and r.state = 'waiting' and r.version = ${version}
    returning r.id`.execute(tx)
  if (rows.length === 0) return refuse('changed-meanwhile')
  await recordChange(ctx, {
    action,
    subject: { kind: 'contract', id: contract.id, name: contract.number },
    after: { action: about, about: subject, ...(due && { due: wallClockOf(due, ctx.line.timeZone) }) },
  })
  return done()
}
