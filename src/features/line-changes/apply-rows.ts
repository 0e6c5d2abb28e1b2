import { sql } from 'kysely'
import type { LineWriter } from '#features/lines/open.ts'
import { readOutside } from '#features/lines/outside-numbers.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Changing } from './change.ts'
import {
  belonging,
  type ChangedRow,
  dependingOn,
  differing,
  keyOf,
  type Relation,
  relationNames,
  relations,
  type SettingsRow,
} from './inner/relations.ts'
import {
  deleteRows,
  insertRows,
  isOrderBroken,
  isStillNamed,
  isUnconfirmed,
  readRows,
  renumber,
  updateRows,
  withoutTarget,
} from './inner/stored-rows.ts'

/** A row that is no longer what it would have to be, with what it is now. */
export interface Difference extends ChangedRow {
  now: SettingsRow | null
}

/**
 * Puts rows as they are described: each only where it still is what it is said to have been, in the fields that change; what is as
 * wanted already is left. All, or none of them with the code. A few statements for each relation, however many rows.
 */
export async function applyRows(
  ctx: Changing<LineWriter>,
  rows: readonly ChangedRow[],
): Promise<Outcome<void, 'changed-since' | 'still-used' | 'gone-since' | 'too-many'>> {
  const steps = await planOf(ctx, rows)
  if (steps.differences.length > 0) return refuse('changed-since')
  if (addedOf(rows, 'extension') + ctx.line.extensions > ctx.line.mostExtensions) return refuse('too-many')
  if (addedOf(rows, 'call_group') + ctx.line.callGroups > ctx.line.mostGroups) return refuse('too-many')
  const groups = rows.flatMap(({ relation, after }) =>
    relation === 'call_group_member' && after ? [after['call_group']] : [],
  )
  // An order may change as a whole.
  if (groups.length > 0) await sql`set constraints pbx.call_group_member_position deferred`.execute(ctx.tx)
  await renumber(ctx, steps.moves)
  const moved = movedBy(steps)
  for (const relation of relationNames.filter((each) => !belonging.includes(each))) {
    const { inserts } = steps.of(relation)
    // What they name comes before them.
    if (await leadsNowhere(ctx, relation, inserts)) return refuse('gone-since')
    await insertRows(ctx, relation, inserts)
  }
  for (const relation of relationNames) {
    const { updates, named } = steps.of(relation)
    const inserts = belonging.includes(relation) ? steps.of(relation).inserts : []
    const follow = (row: SettingsRow): SettingsRow => followed(relation, row, moved)
    const wanted = [...named.map(follow), ...inserts]
    if (await leadsNowhere(ctx, relation, wanted)) return refuse('gone-since')
    await updateRows(ctx, relation, updates.map(follow))
  }
  for (const relation of relationNames.toReversed()) {
    const deletes = steps.of(relation).deletes.map((row) => followed(relation, row, moved))
    if (await isStillNamed(ctx, relation, deletes)) return refuse('still-used')
    await deleteRows(ctx, relation, deletes)
  }
  for (const relation of belonging) await insertRows(ctx, relation, steps.of(relation).inserts)
  if (groups.length === 0) return done()
  if (await isOrderBroken(ctx, groups)) return refuse('changed-since')
  await sql`set constraints pbx.call_group_member_position immediate`.execute(ctx.tx)
  return done()
}

/** Whether one of the rows names what is not there, or a number outside that it may not name. */
async function leadsNowhere(
  ctx: Changing<LineWriter>,
  relation: Relation,
  rows: readonly SettingsRow[],
): Promise<boolean> {
  return (await isOutsideRefused(ctx, rows)) || (await withoutTarget(ctx, relation, rows)) !== undefined
}

/** Whether calls would go on to a number outside to which the operator lets none go any more, or that nobody has confirmed for the line. */
async function isOutsideRefused(ctx: Changing<LineWriter>, rows: readonly SettingsRow[]): Promise<boolean> {
  const numbers = rows
    .flatMap((row) => [row['to_outside'], row['then_outside'], row['closed_outside']])
    .filter((number) => typeof number === 'string')
  if (numbers.some((number) => 'problem' in readOutside(number, ctx.line.internationalTargets))) return true
  return numbers.length > 0 && (await isUnconfirmed(ctx, numbers))
}

/** What numbers inside have become, by what they were. */
type Moved = ReadonlyMap<SettingsRow[string], SettingsRow[string]>

function movedBy({ moves }: Plan): Moved {
  return new Map(moves.map(({ from, to }) => [from['number'] ?? null, to['number'] ?? null]))
}

/** The row as it is once the numbers have moved that it names. */
function followed(relation: Relation, row: SettingsRow, moved: Moved): SettingsRow {
  const names = Object.entries(relations[relation].references).filter(([, [other]]) => other !== 'calendar')
  const renamed = names.flatMap(([column]) => {
    const to = moved.get(row[column] ?? null)
    return to === undefined ? [] : [[column, to] as const]
  })
  return { ...row, ...Object.fromEntries(renamed) }
}

/** Where rows differ from what they would have to be for them to be put as described. */
export async function findDifferences(
  ctx: Pick<LineWriter, 'tx' | 'actor' | 'contract'>,
  rows: readonly ChangedRow[],
): Promise<Difference[]> {
  return (await planOf(ctx, rows)).differences
}

interface Writes {
  inserts: SettingsRow[]
  updates: SettingsRow[]
  /** Of the updates what they set anew alone: what a row names already is there. */
  named: SettingsRow[]
  deletes: SettingsRow[]
}

interface Plan {
  moves: { from: SettingsRow; to: SettingsRow }[]
  of: (relation: Relation) => Writes
  differences: Difference[]
}

async function planOf(ctx: Pick<LineWriter, 'tx' | 'actor' | 'contract'>, rows: readonly ChangedRow[]): Promise<Plan> {
  const writes = new Map<Relation, Writes>(
    relationNames.map((relation) => [relation, { inserts: [], updates: [], named: [], deletes: [] }]),
  )
  const plan: Plan = { moves: [], of: (relation) => writes.get(relation) ?? noWrites, differences: [] }
  for (const relation of relationNames) {
    const ofRelation = rows.filter((row) => row.relation === relation)
    const keys = ofRelation.flatMap(({ before, after }) => [before, after].filter((row) => row !== null))
    const found = await readRows(ctx, relation, keys)
    const stored = new Map(found.map((row) => [keyOf(relation, row), row]))
    for (const row of ofRelation) planRow(plan, row, stored)
  }
  return plan
}

const noWrites: Writes = { inserts: [], updates: [], named: [], deletes: [] }

function planRow(plan: Plan, row: ChangedRow, stored: ReadonlyMap<string, SettingsRow>): void {
  const { relation, before, after } = row
  const at = (wanted: SettingsRow | null): SettingsRow | null => wanted && (stored.get(keyOf(relation, wanted)) ?? null)
  const now = at(before) ?? at(after)
  const differs = (): unknown => plan.differences.push({ ...row, now })
  const { inserts, updates, named, deletes } = plan.of(relation)
  if (!before) {
    if (!after) return
    if (!now) inserts.push(after)
    else if (differing(now, after).length > 0) differs()
  } else if (!after) {
    if (now && differing(now, before).length > 0) differs()
    else if (now) deletes.push(before)
  } else if (!now) differs()
  else {
    const changed = differing(before, after)
    const isKept = dependingOn(relation, changed).every(
      (column) => now[column] === before[column] || now[column] === after[column],
    )
    const moves = keyOf(relation, now) !== keyOf(relation, after)
    if (!isKept || (moves && at(after))) differs()
    else if (relation === 'inside_number') {
      if (moves) plan.moves.push({ from: before, to: after })
    } else {
      const set = Object.fromEntries(changed.map((column) => [column, after[column] ?? null]))
      const wanted = { ...now, ...set }
      if (differing(now, wanted).every((column) => relations[relation].key.includes(column))) return
      updates.push(wanted)
      named.push(set)
    }
  }
}

function addedOf(rows: readonly ChangedRow[], relation: Relation): number {
  return rows.reduce((sum, row) => sum + (row.relation === relation ? Number(!row.before) - Number(!row.after) : 0), 0)
}
