import { sql } from 'kysely'
import { type Fact, jsonRow, rowFrom, value } from '#platform/database/json-row.ts'

/** How many users see contracts that they did not see, and so on. One user may gain and lose. */
export interface EffectCounts {
  gainView: number
  gainEdit: number
  loseView: number
  loseEdit: number
}

/**
 * What a page has shown of an effect, in a text that its form carries: nothing else is put into force. `concerned` is how
 * many choices or members it was about.
 */
export function shownText(concerned: number, { gainView, gainEdit, loseView, loseEdit }: EffectCounts): string {
  return [concerned, gainView, gainEdit, loseView, loseEdit].join(' ')
}

/** Of the part `effect`. */
export const effectCounts: Fact<EffectCounts> = rowFrom(
  jsonRow({
    gainView: value(sql`count(*) filter (where gains_view)`),
    gainEdit: value(sql`count(*) filter (where gains_edit)`),
    loseView: value(sql`count(*) filter (where loses_view)`),
    loseEdit: value(sql`count(*) filter (where loses_edit)`),
  }),
  sql`(
    select bool_or(before is null) as gains_view, bool_or(after is not distinct from 'edit') as gains_edit,
      bool_or(after is null) as loses_view, bool_or(before is not distinct from 'edit') as loses_edit
    from effect group by user_id) each_user`,
)
