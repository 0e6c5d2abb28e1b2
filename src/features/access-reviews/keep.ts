import { sql } from 'kysely'
import { type ChangeBy, recordChange } from '#features/change-history/record.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { everyRow, hashOfRows, reviewRows } from './inner/rows.ts'

export interface ReviewToKeep {
  /** What was looked at. */
  at: Date
  /** `longestNote` characters at most. */
  note: string
}

/** Keeps the rows of a moment as a review, and says so in the change history. Answers the id. */
export async function keepReview(by: ChangeBy, { at, note }: ReviewToKeep): Promise<Outcome<string, 'closed-already'>> {
  const { tx, actor, now } = by
  const customerId = actor.customer.id
  const { rows } = await sql<{ id: string; sha256: string; users: number; groups: number; rights: number }>`
    with ${reviewRows(by, { at })}, every_row as materialized (${everyRow}), closed as (
      insert into access_review (customer_id, as_of, closed_at, closed_by, closed_by_name, note, users, user_groups, rights, findings, sha256)
      select ${customerId}::uuid, ${at}::timestamptz, ${now}::timestamptz, ${actor.userId}::uuid, ${actor.name}::text, ${note}::text,
        count(*) filter (where kind = 'user'), count(*) filter (where kind = 'user-group'), count(*) filter (where kind = 'right'),
        coalesce(sum(jsonb_array_length(told -> 'findings')), 0), ${hashOfRows}
      from every_row e
      on conflict on constraint access_review_closed_once do nothing
      returning id, users, user_groups, rights, sha256
    ), kept as (
      insert into access_review_row (customer_id, review_id, kind, position, told)
      select ${customerId}::uuid, c.id, e.kind, e.position, e.told from closed c cross join every_row e
    )
    select id, encode(sha256, 'hex') as sha256, users, user_groups as groups, rights from closed`.execute(tx)
  const [closed] = rows
  if (!closed) return refuse('closed-already')
  const { id, sha256: rowsSha256, ...counts } = closed
  const asOf = at.toISOString()
  await recordChange(by, {
    action: 'access-review-closed',
    subject: { kind: 'access-review', id, name: asOf },
    after: { asOf, ...counts, note, rowsSha256 },
  })
  return done(id)
}
