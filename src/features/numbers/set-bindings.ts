import { sql } from 'kysely'
import { findTargets } from '#features/inside-numbers/targets.ts'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { ofLine } from '#features/lines/of-line.ts'
import { findOnward, type Onward, type OnwardProblem, type OnwardTarget } from '#features/onward/onward.ts'
import { type Done, done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'

/** What a number is to be bound to, and called. */
export interface Binding {
  id: string
  /** As it is typed; empty: bound to nothing. */
  target: string
  memo: string
  /** When it is open; absent: as before. */
  hours?: NumberHours
  /** Of the number as the form has shown it. */
  version: number
}

export interface NumberHours {
  /** Null: always open. */
  calendarId: string | null
  /** Where calls go while it is closed. */
  closed: Onward
}

export type BindingProblem = TargetProblem | HoursProblem | 'ended' | 'changed-meanwhile'
type TargetProblem = 'unknown-target' | 'disabled-target'
/** Of hours, and of where calls go while they are closed. */
type HoursProblem =
  | 'unknown-calendar'
  | 'closed-without-calendar'
  | 'unknown-closed'
  | Exclude<OnwardProblem, 'unknown-target'>

/** Which of the numbers was refused, beside why. */
export type BindingRefusal = Refusal<BindingProblem> & { id: string }

/** Binds the numbers that are to be bound to something else than they are, together or none. Answers how many have changed. */
export async function setBindings(
  ctx: LineContext,
  bindings: readonly Binding[],
): Promise<Outcome<Changed<number>, 'may-not-edit'> | BindingRefusal> {
  const [only] = bindings
  let refused: BindingRefusal | undefined
  const changed = await changeLine(
    ctx,
    {
      action: bindings.length === 1 ? 'number-changed' : 'numbers-bound',
      subject: bindings.length === 1 && only ? await numberOf(ctx, only.id) : '',
    },
    async (changing) => {
      const bound = await bind(changing, bindings)
      if (!('id' in bound)) return bound
      refused = bound
      return refuse(bound.problem)
    },
  )
  if (refused) return refused
  // Whatever was refused otherwise is the right to edit.
  return changed.ok ? changed : refuse('may-not-edit')
}

interface Stored {
  id: string
  number: string
  target: string | null
  memo: string
  hours: StoredHours
  version: number
  ended: boolean
}

type StoredHours = Record<'calendar_id' | 'closed_inside' | 'closed_outside' | 'closed_voicemail', string | null>

/** Within a change: what `setBindings` does, and a try of it. */
export async function bind(ctx: ChangingLine, bindings: readonly Binding[]): Promise<Done<number> | BindingRefusal> {
  const { tx, actor, contract, line, now } = ctx
  const [stored, targets] = await Promise.all([
    sql<Stored>`select id, number, target, memo, version,
        json_build_object('calendar_id', calendar_id, 'closed_inside', closed_inside, 'closed_outside', closed_outside,
          'closed_voicemail', closed_voicemail) as hours, coalesce(ended_on <= (${now}::timestamptz at time zone ${line.timeZone})::date, false) as ended
      from pbx.external_number where customer_id = ${actor.customer.id} and contract_id = ${contract.id}
        and id = any(${bindings.map(({ id }) => id)}::uuid[])`.execute(tx),
    findTargets(
      ctx,
      bindings.flatMap(({ target }) => (target.trim() === '' ? [] : [target])),
    ),
  ])
  const writes: Pick<Stored, 'id' | 'target' | 'memo' | 'hours'>[] = []
  for (const { id, target, memo, hours, version } of bindings) {
    const current = stored.rows.find((row) => row.id === id)
    const meant = target.trim() === '' ? null : targets.get(target)
    if (meant === undefined) return { ...refuse('unknown-target'), id }
    if (!current) continue
    const wanted = meant?.number ?? null
    const wantedHours = hours ? await hoursFor(ctx, hours) : done(current.hours)
    if (!wantedHours.ok) return { ...refuse(wantedHours.problem), id }
    if (wanted === current.target && memo === current.memo && isSame(wantedHours.value, current.hours)) continue
    if (current.version !== version) return { ...refuse('changed-meanwhile'), id }
    if (current.ended && wanted !== null && wanted !== current.target) return { ...refuse('ended'), id }
    if (meant && !meant.isEnabled && wanted !== current.target) return { ...refuse('disabled-target'), id }
    writes.push({ id, target: wanted, memo, hours: wantedHours.value })
  }
  const rows = JSON.stringify(writes.map(({ hours, ...write }) => ({ ...write, ...hours })))
  await sql`update pbx.external_number n set target = w.target, memo = w.memo, calendar_id = w.calendar_id,
      closed_inside = w.closed_inside, closed_outside = w.closed_outside, closed_voicemail = w.closed_voicemail, version = n.version + 1
    from jsonb_to_recordset(${rows}::jsonb) as w (id uuid, target text, memo text, calendar_id uuid, closed_inside text,
      closed_outside text, closed_voicemail text)
    where n.customer_id = ${actor.customer.id} and n.contract_id = ${contract.id} and n.id = w.id`.execute(tx)
  return done(writes.length)
}

async function hoursFor(
  ctx: ChangingLine,
  { calendarId, closed }: NumberHours,
): Promise<Outcome<StoredHours, HoursProblem>> {
  if (calendarId === null)
    return closed.kind === 'nothing' ? done(hoursOf(null, nowhere)) : refuse('closed-without-calendar')
  const { rows } = await sql`select from pbx.calendar c where ${ofLine(ctx, 'c')} and c.id = ${calendarId}`.execute(
    ctx.tx,
  )
  if (rows.length === 0) return refuse('unknown-calendar')
  const found = await findOnward(ctx, closed)
  if (!found.ok) return refuse(found.problem === 'unknown-target' ? 'unknown-closed' : found.problem)
  return done(hoursOf(calendarId, found.value))
}

const nowhere: OnwardTarget = { inside: null, outside: null, voicemail: null }

function hoursOf(calendarId: string | null, { inside, outside, voicemail }: OnwardTarget): StoredHours {
  return { calendar_id: calendarId, closed_inside: inside, closed_outside: outside, closed_voicemail: voicemail }
}

function isSame(one: StoredHours, other: StoredHours): boolean {
  return (['calendar_id', 'closed_inside', 'closed_outside', 'closed_voicemail'] as const).every(
    (column) => one[column] === other[column],
  )
}

async function numberOf({ tx, actor, contract }: LineContext, id: string): Promise<string> {
  const found = await tx
    .selectFrom('pbx.external_number')
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .where('id', '=', id)
    .select('number')
    .executeTakeFirst()
  return found?.number ?? ''
}
