import { sql } from 'kysely'
import type { LineAction } from '#features/line-changes/actions.ts'
import { type Difference, findDifferences } from '#features/line-changes/apply-rows.ts'
import type { ChangedRow } from '#features/line-changes/undo.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { at, type JsonRow, jsonRow, only, value } from '#platform/database/json-row.ts'
import type { ReservationProblem, ReservationState } from './values.ts'

/** A change that is to be made at its moment, without its rows. */
export interface Reservation {
  id: string
  dueAt: Date
  reservedAt: Date
  by: string
  action: LineAction
  subject: string
  state: ReservationState
  problem: ReservationProblem | null
  settledAt: Date | null
  /** Who has withdrawn it. */
  settledBy: string | null
  /** That it came to; null: to none, for all was as wanted already. */
  changeId: number | null
  version: number
}

/** Of a row `r` of pbx.reservation. */
export const reservationRow: JsonRow<Reservation> = jsonRow<Reservation>({
  id: value('r.id'),
  dueAt: at('r.due_at'),
  reservedAt: at('r.reserved_at'),
  by: value('r.actor_name'),
  action: value('r.action'),
  subject: value('r.subject'),
  state: value('r.state'),
  problem: value('r.problem'),
  settledAt: at('r.settled_at'),
  settledBy: value('r.settled_by'),
  changeId: value('r.change_id'),
  version: value('r.version'),
})

type Told = Parameters<typeof reservationRow.read>[0]

/** A reservation with what it is to change. */
export interface WholeReservation extends Reservation {
  rows: ChangedRow[]
  /** Of one that waits: where the settings are not any more as they were when it was reserved. */
  differences: Difference[]
  /** Others that wait, and are about some of the same numbers. */
  others: Reservation[]
}

export async function findReservation(ctx: LineContext, id: string): Promise<WholeReservation | undefined> {
  const { rows } = await sql<Told & { changes: ChangedRow[]; numbers: string[] }>`
    select ${reservationRow.columns}, r.changes, r.numbers from pbx.reservation r where ${ofLine(ctx, 'r')} and r.id = ${id}`.execute(
    ctx.tx,
  )
  const [found] = rows
  if (!found) return undefined
  const { changes, numbers, ...told } = found
  const reservation = reservationRow.read(told)
  if (reservation.state !== 'waiting') return { ...reservation, rows: changes, differences: [], others: [] }
  const [differences, waiting] = await Promise.all([
    findDifferences(ctx, changes),
    readWaiting(ctx, sql`r.numbers && ${numbers}::text[] and r.id <> ${id}`, 20),
  ])
  return { ...reservation, rows: changes, differences, others: waiting }
}

/** Those that wait and are about a number of the line, the next one first. */
export function findReservationsOf(ctx: LineContext, number: string): Promise<Reservation[]> {
  return readWaiting(ctx, sql`${number} = any(r.numbers)`, 5)
}

/** Those that wait, the next one first. */
export function findComing(ctx: LineContext, most: number): Promise<Reservation[]> {
  return readWaiting(ctx, sql`true`, most)
}

async function readWaiting(ctx: LineContext, which: ReturnType<typeof sql>, most: number): Promise<Reservation[]> {
  const { rows } = await sql<Told>`
    select ${reservationRow.columns} from pbx.reservation r
    where ${ofLine(ctx, 'r')} and r.state = 'waiting' and ${which} order by r.due_at, r.id limit ${sql.lit(most)}`.execute(
    ctx.tx,
  )
  return rows.map((row) => reservationRow.read(row))
}

export async function countWaiting(ctx: LineContext): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pbx.reservation r where ${ofLine(ctx, 'r')} and r.state = 'waiting'`.execute(ctx.tx)
  return only(rows).n
}

/** How and for when the change with this number was reserved; undefined: it was not. */
export async function findReservationOfChange(ctx: LineContext, change: number): Promise<Reservation | undefined> {
  const { rows } = await sql<Told>`
    select ${reservationRow.columns} from pbx.reservation r where ${ofLine(ctx, 'r')} and r.change_id = ${change}`.execute(
    ctx.tx,
  )
  return rows[0] && reservationRow.read(rows[0])
}
