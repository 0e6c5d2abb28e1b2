import { z } from 'zod'
import { findReviewMoment, type ReviewMoment } from '#features/access-reviews/moment.ts'
import { type CheckedReview, findReview } from '#features/access-reviews/reviews.ts'
import type { ReviewScope, ReviewSource } from '#features/access-reviews/source.ts'
import type { Context } from '#features/actor.ts'
import { rowId } from '#platform/form.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { notFound, type PageRequest } from '#platform/web/page.ts'
import { dayInQuery, strangeDay } from '../histories/period.tsx'

/** What a page of a review shows: a moment, or what was looked at once. */
export type LookedAt = {
  source: ReviewSource
  query: ListQuery
  /** A day that was asked for and is none. */
  strange: string | undefined
} & ({ moment: ReviewMoment; review: null } | { moment: null; review: CheckedReview })

const fields = z.object({
  on: dayInQuery,
  review: rowId.optional().catch(''),
  finding: z.enum(['quiet', 'unused', 'nobody']).optional().catch(undefined),
  user: rowId.optional().catch(undefined),
  group: rowId.optional().catch(undefined),
})

/** What an address asks for: `on` a day, or a `review` that is closed. */
export async function findLookedAt(
  ctx: Context,
  { query }: Pick<PageRequest, 'query'>,
): Promise<LookedAt | typeof notFound> {
  const { on, review: id } = fields.parse(query)
  if (id === undefined) {
    const moment = await findReviewMoment(ctx, on)
    const strange = strangeDay(query, 'on')
    return {
      strange,
      source: { at: moment.at },
      query: { on: moment.isNow ? undefined : moment.on },
      moment,
      review: null,
    }
  }
  const review = id === '' ? undefined : await findReview(ctx, id)
  return review
    ? { strange: undefined, source: { reviewId: id }, query: { review: id }, moment: null, review }
    : notFound
}

/** To which a list is narrowed, and how its address says so. */
export function narrowedIn(
  { query }: Pick<PageRequest, 'query'>,
  looked: LookedAt,
): { scope: ReviewScope; kept: ListQuery } {
  const { finding, user, group } = fields.parse(query)
  return {
    scope: { source: looked.source, finding, userId: user, groupId: group },
    kept: { ...looked.query, finding, user, group },
  }
}
