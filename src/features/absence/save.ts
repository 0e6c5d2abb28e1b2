import { sql } from 'kysely'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import { findLoops } from '#features/line-checks/find.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { findOnward, type Onward, type OnwardProblem } from '#features/onward/onward.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type AbsenceCondition, absenceConditions, type AbsencePlan } from './absence.ts'

/** Extensions whose absence is set at once. */
export const mostAtOnce = 1000

/** Of a condition, and why. */
type ConditionProblem = `${AbsenceCondition} ${OnwardProblem | 'to-itself'}`
export type AbsenceProblem = ConditionProblem | 'loop' | 'unknown-extension' | 'changed-meanwhile'

/** An extension whose absence is set; `version` is its own as the form has shown it, where somebody else may have been faster. */
export interface AbsentExtension {
  number: string
  name: string
  version?: number
}

/** Sets what extensions do with calls that nobody takes at them, of all of them or none. */
export async function saveAbsence(
  ctx: LineContext,
  extensions: readonly AbsentExtension[],
  plan: AbsencePlan,
): Promise<Outcome<Changed<void>, AbsenceProblem | 'may-not-edit'>> {
  const [only] = extensions
  const change =
    extensions.length === 1 && only
      ? ({ action: 'absence-changed', subject: `${only.number} ${only.name}`.trim() } as const)
      : ({ action: 'absences-changed' } as const)
  return changeLine(ctx, change, (changing) => setAbsence(changing, extensions, plan))
}

/** Within a change: what `saveAbsence` does, and a try of it. */
export async function setAbsence(
  ctx: ChangingLine,
  extensions: readonly AbsentExtension[],
  plan: AbsencePlan,
): Promise<Outcome<void, AbsenceProblem>> {
  const numbers = extensions.map(({ number }) => number)
  const held = await holdExtensions(ctx, extensions)
  if (!held.ok) return held
  const rows: ForwardRow[] = []
  for (const condition of absenceConditions) {
    const onward = plan[condition]
    if (!onward || onward.kind === 'nothing') continue
    const row = await rowFor(ctx, onward)
    if (!row.ok) return refuse(`${condition} ${row.problem}` as const)
    if (row.value.to_inside !== null && numbers.includes(row.value.to_inside))
      return refuse(`${condition} to-itself` as const)
    rows.push({ condition, ...row.value })
  }
  const set = absenceConditions.filter((condition) => plan[condition])
  await writeRows(ctx, { numbers, set, rows })
  return comesBack(ctx, numbers)
}

interface ForwardTo {
  to_inside: string | null
  to_outside: string | null
  to_voicemail: boolean
}
type ForwardRow = ForwardTo & { condition: AbsenceCondition }

/** Each is there, and as it was shown. That it was changed counts for whoever has its form open. */
async function holdExtensions(
  ctx: ChangingLine,
  extensions: readonly AbsentExtension[],
): Promise<Outcome<void, 'unknown-extension' | 'changed-meanwhile'>> {
  const given = JSON.stringify(extensions.map(({ number, version = null }) => ({ number, version })))
  const { rows } = await sql<{ isIt: boolean }>`
    update pbx.extension e set version = e.version + 1
    from jsonb_to_recordset(${given}::jsonb) as g (number text, version integer)
    where ${ofLine(ctx, 'e')} and e.number = g.number
    returning g.version is null or g.version = e.version - 1 as "isIt"`.execute(ctx.tx)
  if (rows.length < new Set(extensions.map(({ number }) => number)).size) return refuse('unknown-extension')
  return rows.every(({ isIt }) => isIt) ? done() : refuse('changed-meanwhile')
}

async function rowFor(ctx: ChangingLine, onward: Onward): Promise<Outcome<ForwardTo, OnwardProblem>> {
  if (onward.kind === 'voicemail')
    return ctx.line.hasVoicemail
      ? done({ to_inside: null, to_outside: null, to_voicemail: true })
      : refuse('no-voicemail')
  const found = await findOnward(ctx, onward)
  if (!found.ok) return found
  return done({ to_inside: found.value.inside, to_outside: found.value.outside, to_voicemail: false })
}

/** What stays is left as it is, so that a change keeps what has become another and no more. */
async function writeRows(
  ctx: ChangingLine,
  { numbers, set, rows }: { numbers: readonly string[]; set: readonly AbsenceCondition[]; rows: readonly ForwardRow[] },
): Promise<void> {
  const { tx, actor, contract } = ctx
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as g (condition text, to_inside text, to_outside text, to_voicemail boolean)`
  const own = sql`${ofLine(ctx, 'f')} and f.extension = any(${numbers}::text[])`
  await sql`delete from pbx.forward f where ${own} and f.condition = any(${set}::text[])
    and not exists (select from ${given} where g.condition = f.condition)`.execute(tx)
  await sql`update pbx.forward f set to_inside = g.to_inside, to_outside = g.to_outside, to_voicemail = g.to_voicemail from ${given}
    where ${own} and f.condition = g.condition
      and (f.to_inside, f.to_outside, f.to_voicemail) is distinct from (g.to_inside, g.to_outside, g.to_voicemail)`.execute(
    tx,
  )
  await sql`insert into pbx.forward (customer_id, contract_id, extension, condition, to_inside, to_outside, to_voicemail)
    select ${actor.customer.id}, ${contract.id}, x.number, g.condition, g.to_inside, g.to_outside, g.to_voicemail
    from unnest(${numbers}::text[]) x (number), ${given}
    where not exists (select from pbx.forward f where ${ofLine(ctx, 'f')} and f.extension = x.number and f.condition = g.condition)`.execute(
    tx,
  )
}

/** Whether calls would come back to one of the extensions, as the settings check finds it. */
async function comesBack(ctx: ChangingLine, numbers: readonly string[]): Promise<Outcome<void, 'loop'>> {
  const own = new Set(numbers)
  const loops = await findLoops(ctx)
  return loops.some((path) => path.some((number) => own.has(number))) ? refuse('loop') : done()
}
