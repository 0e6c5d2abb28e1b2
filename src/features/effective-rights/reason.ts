import { type RawBuilder, sql } from 'kysely'
import type { Layer } from '#features/rights/layers.ts'
import type { Level } from '#features/rights/level.ts'
import { layerAt, layerNumberOf } from '#features/rights/rule-layers.ts'
import { at, type Fact, jsonRow, rowsOf, value } from '#platform/database/json-row.ts'

/** A group that gives a right, and the rule by which it does. */
export interface Reason {
  group: { id: string; number: string; name: string }
  layer: Layer
  level: Level
  /** The later of when the user came into the group and when the rule came into force; null: before that was kept. */
  since: Date | null
}

/** The first reasons of one row, and how many there are. */
export interface Reasons {
  reasons: Reason[]
  reasonCount: number
}

/** How many reasons are told: a user may be in hundreds of groups. */
export const mostReasons = 3

/** Of a rule `x` of a group `g`; `since`, which follows from the membership too, is for the statement to tell. */
export const reasonColumns = sql`x.level, ${layerNumberOf('x')} as layer, g.id as group_id, g.number, g.name`

/** The highest level first; of equals, the narrowest layer. */
const reasonOrder = sql`w.level desc, w.layer desc, w.number`

/** Of a selection of such columns: the first of them. */
export function reasonsOf(selected: RawBuilder<unknown>): Fact<Reason[]> {
  return rowsOf(reason, {
    from: sql`(select * from (${selected}) w order by ${reasonOrder} limit ${sql.lit(mostReasons)}) w`,
    orderBy: reasonOrder,
  })
}

const reason = jsonRow<Reason>({
  group: jsonRow({ id: value('w.group_id'), number: value('w.number'), name: value('w.name') }),
  layer: value(layerAt('w.layer')),
  level: value('w.level'),
  since: at('w.since'),
})
