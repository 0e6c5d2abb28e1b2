import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { type Outcome, refuse } from '#platform/outcome.ts'
import { keepReview, type ReviewToKeep } from './keep.ts'
import { findReviewMoment } from './moment.ts'

/** Characters of a note. */
export const longestNote = 500

/**
 * Keeps what an administrator has looked at, row for row, and says in the change history that it was looked at. Answers the id.
 * `not-recorded`: nothing is known of the moment, or it has not come yet.
 */
export async function closeReview(
  ctx: Confirmed<Context>,
  review: ReviewToKeep,
): Promise<Outcome<string, 'not-recorded' | 'closed-already'>> {
  const { at: present, recordedSince } = await findReviewMoment(ctx)
  if (review.at > present || review.at < recordedSince) return refuse('not-recorded')
  return keepReview(ctx, review)
}
