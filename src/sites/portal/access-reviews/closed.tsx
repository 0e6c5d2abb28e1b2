import { menuLabels } from '#sites/frame/guide-labels.ts'
import { accessReviews } from '#features/access-reviews/reviews.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { zoneOf } from '../histories/period.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { ReviewTabs } from './heading.tsx'
import { closedReviewsTitle, reviewLabels, reviewTitle } from './words.ts'

const words = {
  ...reviewLabels,
  title: closedReviewsTitle,
  of: reviewTitle,
  menu: menuLabels.forAdministrators,
  lead: {
    ja: '完了した棚卸しは、その時の内容のまま確認できます。変更も削除もできません。',
    en: 'Reviews that are closed, each with what was looked at. Nobody can change or delete them.',
  },
  counts: { ja: '内容', en: 'What there was' },
  counted: {
    ja: (users: string, groups: string, rights: string) => `ユーザー${users}名・グループ${groups}件・権限${rights}件`,
    en: (users: string, groups: string, rights: string) => `${users} users, ${groups} groups, ${rights} rules`,
  },
  open: {
    ja: (moment: string) => `${moment}の棚卸しを表示する`,
    en: (moment: string) => `Show the review of ${moment}`,
  },
  none: { ja: '完了した棚卸しはありません', en: 'No review has been closed yet' },
  noneText: {
    ja: '「棚卸しを完了する」で、確認した内容を所見とともに残せます。',
    en: 'Close a review to keep what you have looked at, with a note.',
  },
  toReview: { ja: '棚卸しを表示する', en: 'Show the review' },
}

/** 過去の棚卸し */
export const closedReviewsPage = portal.list({
  path: paths.closedReviews,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: accessReviews,
  heading: ({ words: text, reader }) => (
    <>
      <Breadcrumb
        language={reader.language}
        trail={[
          { label: text.menu, href: paths.administration },
          { label: text.of, href: paths.accessReview },
        ]}
        current={text.title}
      />
      <PageHeading heading={text.title} lead={text.lead} />
      <ReviewTabs tab="closed" reader={reader} />
    </>
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="document" heading={text.none} action={<a href={paths.accessReview}>{text.toReview}</a>}>
      {text.noneText}
    </EmptyState>
  ),
  columns: {
    asOf: {
      header: true,
      label: ({ words: text, reader }) => `${text.asOf} ${zoneOf(reader)}`,
      cell: ({ id, asOf }, { time }) => <a href={hrefOf(paths.accessReview, { review: id })}>{time(asOf)}</a>,
    },
    closedAt: { phone: 'labelled', cell: ({ closedAt }, { time }) => time(closedAt) },
    closedBy: { phone: 'labelled', cell: ({ closedBy }) => closedBy },
    counts: {
      long: true,
      cell({ users, groups, rights }, { language, words: text }) {
        const [some, others, rules] = [users, groups, rights].map((n) => numberIn(language, n))
        return text.counted(some ?? '', others ?? '', rules ?? '')
      },
    },
    findings: { phone: 'labelled', cell: ({ findings }, { language }) => numberIn(language, findings) },
    note: { long: true, phone: 'below', cell: ({ note }) => note },
  },
})
