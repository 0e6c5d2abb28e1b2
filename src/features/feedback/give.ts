import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { after, hours } from '#platform/time/duration.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

export const feedbackKinds = ['good', 'trouble', 'other'] as const
export type FeedbackKind = (typeof feedbackKinds)[number]

export const longestFeedback = 1000
/** Of one user within any hour. */
export const mostFeedback = 10

export interface Feedback {
  /** The path of the page that it is about, without its query. */
  page: string
  kind: FeedbackKind | undefined
  text: string
}

/** Keeps what the actor says of a page, for the operator to read. */
export async function giveFeedback(ctx: Context, { page, kind, text }: Feedback): Promise<Outcome<void, 'too-much'>> {
  const { tx, now, client, language, actor } = ctx
  if (!(await takeFromBudget(ctx))) return refuse('too-much')
  await tx
    .insertInto('feedback')
    .values({
      customer_id: actor.customer.id,
      user_id: actor.userId,
      user_name: actor.name,
      at: now,
      page,
      kind: kind ?? null,
      text,
      language,
      browser: client.browser,
    })
    .execute()
  return done()
}

async function takeFromBudget({ tx, now, actor }: Context): Promise<boolean> {
  const withinTheHour: RawBuilder<unknown> = sql`array(
    select moment from unnest(feedback_budget.given) moment where moment > ${after(now, -1 * hours)})`
  const { rows } = await sql`
    insert into feedback_budget (customer_id, user_id, given) values (${actor.customer.id}, ${actor.userId}, array[${now}::timestamptz])
    on conflict (customer_id, user_id) do update set given = ${withinTheHour} || excluded.given
    where cardinality(${withinTheHour}) < ${sql.lit(mostFeedback)}
    returning user_id`.execute(tx)
  return rows.length > 0
}
