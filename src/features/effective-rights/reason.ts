import { type RawBuilder, sql } from 'kysely'
import type { Layer } from '#features/rights/layers.ts'
import type { Level } from '#features/rights/level.ts'
import { layerAt, layerNumberOf } from '#features/rights/rule-layers.ts'

/** A group that gives a right, and the rule by which it does. */
export interface Reason {
  group: { id: string; number: string; name: string }
  layer: Layer
  level: Level
}

/** The first reasons of one row, and how many there are. */
export interface Reasons {
  reasons: Reason[]
  reasonCount: number
}

/** How many reasons are told: a user may be in hundreds of groups. */
export const mostReasons = 3

/** Of a rule `x` of a group `g`. */
export const reasonColumns = sql`x.level, ${layerNumberOf('x')} as layer, g.id as group_id, g.number, g.name`

/** The highest level first; of equals, the narrowest layer. */
const reasonOrder = sql`w.level desc, w.layer desc, w.number`

/** Of a selection of such columns: the first of them. */
export function reasonsJson(selected: RawBuilder<unknown>): RawBuilder<Reason[]> {
  return sql<Reason[]>`(select coalesce(json_agg(json_build_object(
      'group', json_build_object('id', w.group_id, 'number', w.number, 'name', w.name),
      'layer', ${layerAt('w.layer')}, 'level', w.level) order by ${reasonOrder}), '[]')
    from (select * from (${selected}) w order by ${reasonOrder} limit ${sql.lit(mostReasons)}) w)`
}
