import { groupLabels } from '#sites/frame/guide-labels.ts'
import { reviewedRights } from '#features/access-reviews/lists.ts'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { notFound } from '#platform/web/page.ts'
import { levelChips } from '../effective-rights/level.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupWord } from '../users/words.ts'
import { BeforeRecords, Findings, ReviewHeading } from './heading.tsx'
import { findLookedAt, narrowedIn } from './looked-at.ts'
import { Narrowed } from './narrowed.tsx'
import { reviewedLevel, reviewLabels, reviewTabs, reviewTitle, whatOf } from './words.ts'

const words = {
  title: { ja: `${reviewTitle.ja}：${reviewTabs.rights.ja}`, en: `${reviewTitle.en}: rights` },
  number: groupLabels.id,
  group: groupLabels.name,
  what: reviewLabels.what,
  level: reviewLabels.level,
  members: reviewLabels.members,
  people: { ja: (n: string) => `${n}名`, en: (n: string) => n },
  peopleIn: {
    ja: (n: string, name: string) => `「${name}」に所属する${n}名を表示する`,
    en: (n: string, name: string) => `Show the ${n} members of “${name}”`,
  },
  noMatch: { ja: '条件に合う権限がありません', en: 'No right matches' },
}

/** 棚卸し, 権限: which group gives which right, and to how many. */
export const reviewedRightsPage = portal.list({
  path: paths.reviewedRights,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: reviewedRights,
  async load(ctx, asked, read) {
    const looked = await findLookedAt(ctx, asked)
    if (looked === notFound) return notFound
    const { scope, kept } = narrowedIn(asked, looked)
    return { list: await read(scope, kept), looked }
  },
  heading: ({ data: { looked }, reader }) => <ReviewHeading looked={looked} tab="rights" reader={reader} />,
  empty: ({ data: { looked }, reader }) => <BeforeRecords looked={looked} reader={reader} />,
  above: ({ data: { looked, list }, reader }) => (
    <>
      <Findings tally={list.beside.tally} looked={looked} reader={reader} />
      <Narrowed beside={list.beside} path={list.path} query={list.query} language={reader.language} />
    </>
  ),
  chips: levelChips,
  columns: {
    number: { csv: ({ group }) => group.number },
    group: {
      header: true,
      long: true,
      cell: ({ group }, { language }) => groupWord(group, language),
      csv: ({ group }, language) => groupWord(group, language),
    },
    what: {
      long: true,
      cell: (right, { language }) => whatOf(right, language),
      csv: (right, language) => whatOf(right, language),
    },
    level: {
      phone: 'beside',
      cell: ({ level }, { language }) => reviewedLevel(level, language),
      csv: ({ level }, language) => reviewedLevel(level, language),
    },
    members: {
      phone: 'labelled',
      cell: ({ group, members }, { data: { looked }, language, words: text }) => (
        <a
          href={hrefOf(paths.accessReview, { ...looked.query, group: group.id })}
          aria-label={text.peopleIn(numberIn(language, members), groupWord(group, language))}
        >
          {text.people(numberIn(language, members))}
        </a>
      ),
      csv: ({ members }) => members,
    },
  },
  csv: paths.reviewedRightsCsv,
})
