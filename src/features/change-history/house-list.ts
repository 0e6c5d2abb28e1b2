import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byBigint, byMoment } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import { mostListed, mostLookedAt } from './list.ts'

/** What was done that concerns no customer: to staff, imports, notices and the like. */
export interface HouseChange {
  id: string
  at: Date
  actor: string
  action: string
  subject: { kind: string; name: string }
  before: Record<string, string | number | boolean | null> | null
  after: Record<string, string | number | boolean | null> | null
  /** Its place in the chain; null: the worker has not come to it yet. */
  sequence: string | null
}

/** The operator's own history, the newest first. */
export const houseChanges = defineList({
  seen: (_ctx: Visitor) => sql`seen as (
    select h.id, h.at, h.actor_name, h.action, h.subject_kind, h.subject_name, h.before, h.after, h.sequence
    from change_history h where h.customer_id = house() order by h.at desc, h.id desc limit ${sql.lit(mostListed)})`,
  row: jsonRow<HouseChange>({
    id: value(sql`r.id::text`),
    at: at('r.at'),
    actor: value('r.actor_name'),
    action: value('r.action'),
    subject: jsonRow({ kind: value('r.subject_kind'), name: value('r.subject_name') }),
    before: value('r.before'),
    after: value('r.after'),
    sequence: value(sql`r.sequence::text`),
  }),
  search: ['r.actor_name', 'r.subject_name'],
  most: mostLookedAt,
  sortedBy: { at: descending(byMoment('r.at')) },
  last: [byBigint('r.id')],
})
