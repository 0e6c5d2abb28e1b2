import { type RawBuilder, sql } from 'kysely'
import type { Level } from '#features/rights/scope.ts'
import type { Layer } from '#features/rights/layers.ts'

/** A group that gives a right, and the rule by which it does. */
export interface Reason {
  group: { id: string; number: string; name: string }
  layer: Layer
  level: Level
}

/** The strongest reasons of one row, and how many there are. */
export interface Reasons {
  reasons: Reason[]
  reasonCount: number
}

/** Somebody may be in hundreds of groups. */
export const mostReasons = 3

/** Of a rule `x`, in the order from the widest layer to the narrowest. */
const layerNumber = sql`case when x.contract_id is not null then 3 when x.service_id is not null then 2 else 1 end`

/** Of a rule `x` of a group `g`. */
export const reasonColumns = sql`x.level, ${layerNumber} as layer, g.id as group_id, g.number, g.name`

/** The strongest first; of equals, the narrowest. */
const reasonOrder = sql`w.level desc, w.layer desc, w.number`

/** Of a selection of such columns: the first of them. */
export function reasonsJson(selected: RawBuilder<unknown>): RawBuilder<Reason[]> {
  return sql<Reason[]>`(select coalesce(json_agg(json_build_object(
      'group', json_build_object('id', w.group_id, 'number', w.number, 'name', w.name),
      'layer', (array['all', 'service', 'contract'])[w.layer], 'level', w.level) order by ${reasonOrder}), '[]')
    from (select * from (${selected}) w order by ${reasonOrder} limit ${sql.lit(mostReasons)}) w)`
}
