import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { LineAction } from './actions.ts'

export interface LastLineChange {
  /** Null: the operator. */
  byId: string | null
  by: string
  at: Date
  action: LineAction
}

/**
 * Who has changed what belongs to something of the line last: by its number an extension, a call group with its members, or an outside
 * number; by its id business hours.
 */
export async function findLastLineChange(ctx: LineContext, key: string): Promise<LastLineChange | undefined> {
  const { rows } = await sql<LastLineChange>`
    select c.at, c.actor_id as "byId", c.actor_name as by, c.action from pbx.change c
    where ${ofLine(ctx, 'c')} and exists (
      select from pbx.changed_row r, lateral (values (r.before), (r.after)) as side (told)
      where r.customer_id = c.customer_id and r.contract_id = c.contract_id and r.change_id = c.id
        and ${key} in (side.told ->> 'number', side.told ->> 'call_group', side.told ->> 'extension', side.told ->> 'id',
          case when r.relation <> 'external_number' then side.told ->> 'calendar_id' end))
    order by c.id desc limit 1`.execute(ctx.tx)
  return rows[0]
}
