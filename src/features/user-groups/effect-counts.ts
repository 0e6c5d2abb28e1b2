import { type RawBuilder, sql } from 'kysely'

/** How many users see contracts that they did not see, and so on. Somebody may gain and lose. */
export interface EffectCounts {
  gainView: number
  gainEdit: number
  loseView: number
  loseEdit: number
}

/** Of the part `effect`, as JSON. */
export const effectCounts: RawBuilder<EffectCounts> = sql`(
  select json_build_object('gainView', count(distinct user_id) filter (where before is null),
    'gainEdit', count(distinct user_id) filter (where after = 'edit'),
    'loseView', count(distinct user_id) filter (where after is null),
    'loseEdit', count(distinct user_id) filter (where before = 'edit')) from effect)`
