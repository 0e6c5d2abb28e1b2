import { sql } from 'kysely'
import { makeNumbers, type NumberProblem, renumberInside } from '#features/inside-numbers/give.ts'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { findOnward, type Onward, type OnwardProblem } from '#features/onward/onward.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { CallGroup } from './call-group.ts'
import { type GroupKind, mostMembers } from './values.ts'

/** A group as it is to be. */
export interface GroupPlan {
  number: string
  name: string
  kind: GroupKind
  ringSeconds: number
  afterwards: Onward
  /** In the order in which they ring. */
  members: readonly { number: string; isPaused: boolean }[]
}

export type GroupProblem =
  | NumberProblem
  | 'changed-meanwhile'
  | ThenProblem
  | 'unknown-member'
  | 'member-twice'
  | 'too-many-members'

/** Of where calls go on to that nobody takes. */
type ThenProblem = 'unknown-then' | 'then-itself' | Exclude<OnwardProblem, 'unknown-target'>

/** Adds a group; answers its id. */
export async function addCallGroup(
  ctx: LineContext,
  plan: GroupPlan,
): Promise<Outcome<Changed<string>, GroupProblem | 'may-not-edit'>> {
  return changeLine(ctx, { action: 'call-group-added', subject: `${plan.number} ${plan.name}` }, (changing) =>
    makeGroup(changing, plan),
  )
}

/** Makes a group what it is to be, members and order included. `version` is that of the group as the form has shown it. */
export async function saveCallGroup(
  ctx: LineContext,
  group: CallGroup,
  { plan, version }: { plan: GroupPlan; version: number },
): Promise<Outcome<Changed<void>, GroupProblem | 'may-not-edit'>> {
  return changeLine(ctx, { action: 'call-group-changed', subject: `${group.number} ${group.name}` }, (changing) =>
    setGroup(changing, group, { plan, version }),
  )
}

/** Within a change: what `addCallGroup` does, and a try of it. */
export async function makeGroup(ctx: ChangingLine, plan: GroupPlan): Promise<Outcome<string, GroupProblem>> {
  const { actor, contract, tx } = ctx
  const made = await makeNumbers(ctx, 'group', [plan.number])
  if (!made.ok) return made
  await tx
    .insertInto('pbx.call_group')
    .values({
      customer_id: actor.customer.id,
      contract_id: contract.id,
      number: plan.number,
      name: plan.name,
      kind: plan.kind,
      ring_seconds: plan.ringSeconds,
    })
    .execute()
  const written = await write(ctx, plan.number, { plan, version: 1 })
  return written.ok ? done(made.value.get(plan.number) ?? '') : written
}

/** Within a change: what `saveCallGroup` does, and a try of it. */
export async function setGroup(
  ctx: ChangingLine,
  group: Pick<CallGroup, 'number'>,
  { plan, version }: { plan: GroupPlan; version: number },
): Promise<Outcome<void, GroupProblem>> {
  const written = await write(ctx, group.number, { plan, version })
  if (!written.ok || plan.number === group.number) return written
  return renumberInside(ctx, { from: group.number, to: plan.number })
}

async function write(
  ctx: ChangingLine,
  number: string,
  { plan, version }: { plan: GroupPlan; version: number },
): Promise<Outcome<void, GroupProblem>> {
  const { tx, actor, contract } = ctx
  const onward = await findThen(ctx, number, plan)
  if (!onward.ok) return onward
  const changed = await tx
    .updateTable('pbx.call_group')
    .set({
      name: plan.name,
      kind: plan.kind,
      ring_seconds: plan.ringSeconds,
      ...onward.value,
      version: version + 1,
    })
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .where('number', '=', number)
    .where('version', '=', version)
    .returning('number')
    .executeTakeFirst()
  return changed ? writeMembers(ctx, number, plan) : refuse('changed-meanwhile')
}

interface Then {
  then_inside: string | null
  then_outside: string | null
  then_voicemail: string | null
}

async function findThen(
  ctx: LineContext,
  number: string,
  { afterwards }: GroupPlan,
): Promise<Outcome<Then, ThenProblem>> {
  const found = await findOnward(ctx, afterwards)
  if (!found.ok) return refuse(found.problem === 'unknown-target' ? 'unknown-then' : found.problem)
  const { inside, outside, voicemail } = found.value
  if (inside === number) return refuse('then-itself')
  return done({ then_inside: inside, then_outside: outside, then_voicemail: voicemail })
}

/** Members that stay are changed where they are, so that a change keeps what has become another and no more. */
async function writeMembers(
  { tx, actor, contract }: ChangingLine,
  number: string,
  { members }: GroupPlan,
): Promise<Outcome<void, 'unknown-member' | 'member-twice' | 'too-many-members'>> {
  if (members.length > mostMembers) return refuse('too-many-members')
  const numbers = members.map((member) => member.number)
  if (new Set(numbers).size < numbers.length) return refuse('member-twice')
  const whose = sql`m.customer_id = ${actor.customer.id} and m.contract_id = ${contract.id} and m.call_group = ${number}`
  const { rows: known } = await sql`select from pbx.extension m where m.customer_id = ${actor.customer.id}
    and m.contract_id = ${contract.id} and m.number = any(${numbers}::text[])`.execute(tx)
  if (known.length < numbers.length) return refuse('unknown-member')
  const given = sql`jsonb_to_recordset(${JSON.stringify(
    members.map((member, at) => ({ extension: member.number, position: at + 1, is_paused: member.isPaused })),
  )}::jsonb) as g (extension text, position integer, is_paused boolean)`
  await sql`set constraints pbx.call_group_member_position deferred`.execute(tx)
  await sql`delete from pbx.call_group_member m where ${whose} and m.extension <> all(${numbers}::text[])`.execute(tx)
  await sql`update pbx.call_group_member m set position = g.position, is_paused = g.is_paused from ${given}
    where ${whose} and m.extension = g.extension and (m.position, m.is_paused) <> (g.position, g.is_paused)`.execute(tx)
  await sql`insert into pbx.call_group_member (customer_id, contract_id, call_group, extension, position, is_paused)
    select ${actor.customer.id}, ${contract.id}, ${number}, g.extension, g.position, g.is_paused from ${given}
    where not exists (select from pbx.call_group_member m where ${whose} and m.extension = g.extension)`.execute(tx)
  await sql`set constraints pbx.call_group_member_position immediate`.execute(tx)
  return done()
}
