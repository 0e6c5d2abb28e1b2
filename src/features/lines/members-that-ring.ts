import { type RawBuilder, sql } from 'kysely'
import { sameLine } from './of-line.ts'

/**
 * Of members `m` that are not paused how many are enabled. Asked of each, among the few that are not: as a join, it would be read
 * through them all for each group.
 */
export const membersThatRing: RawBuilder<number> = sql`count(*) filter (where not exists (
  select from pbx.extension x where ${sameLine('x', 'm')} and x.number = m.extension and not x.is_enabled))`
