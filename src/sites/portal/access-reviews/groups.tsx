import { groupLabels } from '#sites/frame/guide-labels.ts'
import { reviewedGroups } from '#features/access-reviews/lists.ts'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupWord } from '../users/words.ts'
import { BeforeRecords, Findings, ReviewHeading } from './heading.tsx'
import { findLookedAt, narrowedIn } from './looked-at.ts'
import { findingWords, reviewedLevel, reviewLabels, reviewTabs, reviewTitle } from './words.ts'

const words = {
  title: { ja: `${reviewTitle.ja}：${reviewTabs.groups.ja}`, en: `${reviewTitle.en}: user groups` },
  number: groupLabels.id,
  group: groupLabels.name,
  members: reviewLabels.members,
  level: reviewLabels.level,
  rights: { ja: '権限の設定', en: 'Rules' },
  findings: reviewLabels.findings,
  rightsOf: {
    ja: (name: string) => `「${name}」の権限を表示する`,
    en: (name: string) => `Show the rights of “${name}”`,
  },
  people: { ja: (n: string) => `${n}名`, en: (n: string) => n },
  peopleIn: {
    ja: (n: string, name: string) => `「${name}」に所属する${n}名を表示する`,
    en: (n: string, name: string) => `Show the ${n} members of “${name}”`,
  },
  pieces: { ja: (n: string) => `${n}件`, en: (n: string) => n },
  noMatch: { ja: '条件に合うユーザーグループがありません', en: 'No user group matches' },
}

/** 棚卸し, ユーザーグループ */
export const reviewedGroupsPage = portal.list({
  path: paths.reviewedGroups,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: reviewedGroups,
  async load(ctx, asked, read) {
    const looked = await findLookedAt(ctx, asked)
    if (looked === notFound) return notFound
    const { scope, kept } = narrowedIn(asked, looked)
    return { list: await read(scope, kept), looked, scope }
  },
  heading: ({ data: { looked }, reader }) => <ReviewHeading looked={looked} tab="groups" reader={reader} />,
  empty: ({ data: { looked }, reader }) => <BeforeRecords looked={looked} reader={reader} />,
  above: ({ data: { looked, list }, reader }) => <Findings tally={list.beside.tally} looked={looked} reader={reader} />,
  narrowings: ({ data: { scope }, words: text, reader: { language } }) => [
    {
      name: 'finding',
      label: text.findings,
      chosen: scope.finding,
      options: [{ value: 'nobody', label: findingWords.nobody[language] }],
    },
  ],
  columns: {
    number: { cell: ({ number }) => number, csv: ({ number }) => number },
    group: {
      header: true,
      long: true,
      cell: (group, { data: { looked }, language, words: text }) => (
        <a
          href={hrefOf(paths.reviewedRights, { ...looked.query, group: group.id })}
          aria-label={text.rightsOf(groupWord(group, language))}
        >
          {groupWord(group, language)}
        </a>
      ),
      csv: (group, language) => groupWord(group, language),
    },
    members: {
      phone: 'labelled',
      cell: ({ id, members, ...group }, { data: { looked }, language, words: text }) =>
        members === 0 ? (
          <Badge kind="warning" icon="alert">
            {findingWords.nobody[language]}
          </Badge>
        ) : (
          <a
            href={hrefOf(paths.accessReview, { ...looked.query, group: id })}
            aria-label={text.peopleIn(numberIn(language, members), groupWord(group, language))}
          >
            {text.people(numberIn(language, members))}
          </a>
        ),
      csv: ({ members }) => members,
    },
    level: {
      phone: 'beside',
      cell: ({ level }, { language }) => reviewedLevel(level, language),
      csv: ({ level }, language) => reviewedLevel(level, language),
    },
    rights: {
      phone: 'labelled',
      cell: ({ rights }, { language, words: text }) => text.pieces(numberIn(language, rights)),
      csv: ({ rights }) => rights,
    },
  },
  csv: paths.reviewedGroupsCsv,
})
