import { sql } from 'kysely'
import { findTargets, type Target } from '#features/inside-numbers/targets.ts'
import { findUses } from '#features/inside-numbers/uses.ts'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

export type RemovalProblem = 'still-used' | 'unknown-target' | 'disabled-target' | 'no-voicemail' | 'may-not-edit'

/** What is removed: an extension or a group. */
export type Removable = Pick<Target, 'number' | 'name' | 'kind'>

/**
 * Removes an extension or a group. What is still used is not removed, unless another takes its place everywhere: in bindings, in
 * groups and where calls go on to. `replacement` is what somebody has typed; empty: none.
 */
export async function removeInside(
  ctx: LineContext,
  { number, name, kind }: Removable,
  replacement: string,
): Promise<Outcome<Changed<void>, RemovalProblem>> {
  const action = kind === 'extension' ? 'extension-deleted' : 'call-group-deleted'
  return changeLine(ctx, { action, subject: `${number} ${name}`.trim() }, async (changing) => {
    if (replacement.trim() !== '') {
      const target = (await findTargets(ctx, [replacement])).get(replacement)
      if (!target || target.number === number) return refuse('unknown-target')
      if (!target.isEnabled) return refuse('disabled-target')
      await replace(changing, number, target)
    }
    const { count } = await findUses(ctx, number)
    if (count > 0) return refuse(replacement.trim() === '' ? 'still-used' : 'no-voicemail')
    // The members and forwards that belong to it go with it.
    await sql`delete from pbx.inside_number where customer_id = ${ctx.actor.customer.id} and contract_id = ${ctx.contract.id}
      and number = ${number}`.execute(ctx.tx)
    return done()
  })
}

/** Another takes the place of a number wherever it can: a group has no voicemail, and is no member of groups. */
async function replace({ tx, actor, contract }: ChangingLine, number: string, other: Target): Promise<void> {
  const whose = sql`customer_id = ${actor.customer.id} and contract_id = ${contract.id}`
  await sql`update pbx.external_number set version = version + 1,
    target = case when target = ${number} then ${other.number} else target end,
    closed_inside = case when closed_inside = ${number} then ${other.number} else closed_inside end
    where ${whose} and ${number} in (target, closed_inside)`.execute(tx)
  // What led to the number and is taken by the other already would lead to itself.
  await sql`update pbx.call_group set version = version + 1, then_inside = nullif(${other.number}, number)
    where ${whose} and then_inside = ${number}`.execute(tx)
  await sql`delete from pbx.forward where ${whose} and to_inside = ${number} and extension = ${other.number}`.execute(
    tx,
  )
  await sql`update pbx.forward set to_inside = ${other.number} where ${whose} and to_inside = ${number}`.execute(tx)
  await sql`set constraints pbx.call_group_member_position deferred`.execute(tx)
  if (other.kind === 'group') {
    await sql`delete from pbx.call_group_member where ${whose} and extension = ${number}`.execute(tx)
    return
  }
  await sql`update pbx.external_number set version = version + 1, closed_voicemail = ${other.number}
    where ${whose} and closed_voicemail = ${number}`.execute(tx)
  await sql`update pbx.call_group set version = version + 1, then_voicemail = ${other.number}
    where ${whose} and then_voicemail = ${number}`.execute(tx)
  await sql`with out as (
      delete from pbx.call_group_member where ${whose} and extension = ${number}
      returning customer_id, contract_id, call_group, position, is_paused
    )
    insert into pbx.call_group_member (customer_id, contract_id, call_group, extension, position, is_paused)
    select customer_id, contract_id, call_group, ${other.number}, position, is_paused from out
    where not exists (select from pbx.call_group_member o where o.customer_id = out.customer_id
      and o.contract_id = out.contract_id and o.call_group = out.call_group and o.extension = ${other.number})`.execute(
    tx,
  )
}
