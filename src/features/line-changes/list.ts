import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { at, type JsonRow, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byNumber } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import { type LineAction, type Origin, origins } from './actions.ts'

/** A change of settings, without its rows. */
export interface LineChangeRow {
  id: number
  at: Date
  by: string
  action: LineAction
  subject: string
  origin: Origin
  /** The change that took this one back. */
  undoneBy: number | null
}

/** Of a row `r` of pbx.change. */
export const lineChangeRow: JsonRow<LineChangeRow> = jsonRow<LineChangeRow>({
  id: value('r.id'),
  at: at('r.at'),
  by: value('r.actor_name'),
  action: value('r.action'),
  subject: value('r.subject'),
  origin: value('r.origin'),
  undoneBy: value(sql`(select u.id from pbx.change u
    where u.customer_id = r.customer_id and u.contract_id = r.contract_id and u.undoes = r.id)`),
})

/** The changes of the line, the newest first. */
export const lineChangeList = defineList({
  seen: (ctx: LineContext) => sql`seen as (select r.* from pbx.change r where ${ofLine(ctx, 'r')})`,
  row: lineChangeRow,
  search: ['r.subject', 'r.actor_name'],
  facets: { origin: { values: origins, column: 'r.origin' } },
  sortedBy: { time: descending(byNumber(sql`r.id`)) },
  last: [],
})

/** The newest changes. */
export async function findLastChanges(ctx: LineContext, most: number): Promise<LineChangeRow[]> {
  const { rows } = await sql<Parameters<typeof lineChangeRow.read>[0]>`
    select ${lineChangeRow.columns} from pbx.change r where ${ofLine(ctx, 'r')} order by r.id desc limit ${sql.lit(most)}`.execute(
    ctx.tx,
  )
  return rows.map((row) => lineChangeRow.read(row))
}
