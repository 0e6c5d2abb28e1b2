import { sql } from 'kysely'
import { ofLine, sameLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { type JsonRow, jsonRow, rowsOf, value } from '#platform/database/json-row.ts'
import type { OnwardKind } from '#features/onward/onward.ts'
import type { GroupKind } from './values.ts'

export interface GroupMember {
  /** Of the extension. */
  number: string
  name: string
  isEnabled: boolean
  isPaused: boolean
}

export interface CallGroup {
  id: string
  number: string
  name: string
  kind: GroupKind
  ringSeconds: number
  afterwards: { kind: OnwardKind; number: string; name: string }
  /** In the order in which they ring. */
  members: GroupMember[]
  /** External numbers that are bound to it. */
  numbers: string[]
  version: number
}

/** Of a row `r` of pbx.call_group that is the inside number `i`. */
export const callGroupRow: JsonRow<CallGroup> = jsonRow<CallGroup>({
  id: value('i.id'),
  number: value('r.number'),
  name: value('r.name'),
  kind: value('r.kind'),
  ringSeconds: value('r.ring_seconds'),
  afterwards: value(sql`json_build_object(
      'kind', case when r.then_inside is not null then 'inside' when r.then_outside is not null then 'outside'
        when r.then_voicemail is not null then 'voicemail' else 'nothing' end,
      'number', coalesce(r.then_inside, r.then_outside, r.then_voicemail, ''),
      'name', coalesce((select e.name from pbx.extension e where ${sameLine('e', 'r')} and e.number = r.then_inside),
        (select e.name from pbx.extension e where ${sameLine('e', 'r')} and e.number = r.then_voicemail),
        (select g.name from pbx.call_group g where ${sameLine('g', 'r')} and g.number = r.then_inside), ''))`),
  members: rowsOf(
    jsonRow<GroupMember>({
      number: value('e.number'),
      name: value('e.name'),
      isEnabled: value('e.is_enabled'),
      isPaused: value('m.is_paused'),
    }),
    {
      // Of each member apart: as a join, every extension of the line might be read.
      from: sql`pbx.call_group_member m cross join lateral (
          select e.* from pbx.extension e where ${sameLine('e', 'm')} and e.number = m.extension limit 1) e
          where ${sameLine('m', 'r')} and m.call_group = r.number`,
      orderBy: sql`m.position`,
    },
  ),
  numbers: value(sql`coalesce((select json_agg(n.number order by n.number) from pbx.external_number n
      where ${sameLine('n', 'r')} and n.target = r.number), '[]')`),
  version: value('r.version'),
})

/** A group by its id. */
export async function findCallGroup(ctx: LineContext, id: string): Promise<CallGroup | undefined> {
  const { rows } = await sql<Parameters<typeof callGroupRow.read>[0]>`
    select ${callGroupRow.columns} from pbx.inside_number i
    join pbx.call_group r on r.customer_id = i.customer_id and r.contract_id = i.contract_id and r.number = i.number
    where ${ofLine(ctx, 'i')} and i.id = ${id}`.execute(ctx.tx)
  return rows[0] && callGroupRow.read(rows[0])
}

/** A group by its number. */
export async function findCallGroupNumbered(ctx: LineContext, number: string): Promise<CallGroup | undefined> {
  const { rows } = await sql<Parameters<typeof callGroupRow.read>[0]>`
    select ${callGroupRow.columns} from pbx.call_group r
    join pbx.inside_number i on i.customer_id = r.customer_id and i.contract_id = r.contract_id and i.number = r.number
    where ${ofLine(ctx, 'r')} and r.number = ${number}`.execute(ctx.tx)
  return rows[0] && callGroupRow.read(rows[0])
}
