import { findReview, readReviewLines } from '#features/access-reviews/reviews.ts'
import { isId } from '#platform/form.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { reviewTitle } from './words.ts'

/** What was looked at, as it was hashed: `sha256sum` of the file is what the review and the change history say. */
export const reviewedRowsDownload = portal.download({
  path: paths.reviewedRows.pattern,
  allow: 'portal-administrator',
  words: { title: reviewTitle },
  async load(ctx, { params: { id = '' } }, text) {
    const review = isId(id) ? await findReview(ctx, id) : undefined
    if (!review) return notFound
    return {
      name: `${text.title} ${review.asOf.toISOString().slice(0, 10)}`,
      columns: [],
      async read(now, from) {
        const { lines, edge } = await readReviewLines(now, id, from)
        return { rows: lines.map((line) => [line]), edge }
      },
    }
  },
})
