import type { JSX } from 'preact'
import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import {
  type GroupReviewed,
  readReport,
  type ReviewReport,
  type RightReviewed,
  type UserReviewed,
} from '#features/access-reviews/lists.ts'
import { findTally, type ReviewTally } from '#features/access-reviews/tally.ts'
import { formatTime } from '#platform/time/format.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, type Reader } from '#platform/web/page.ts'
import { type In, inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { MailBelow } from '../users/person.tsx'
import { groupWord, lastLoginLabel, roleWords } from '../users/words.ts'
import { BeforeRecords, ReviewFacts } from './heading.tsx'
import { findLookedAt, type LookedAt } from './looked-at.ts'
import {
  findingWords,
  momentWord,
  reviewedLevel,
  reviewLabels,
  reviewTabs,
  reviewTitle,
  stateThen,
  whatOf,
} from './words.ts'

/** Rows of each kind: what is more is for a spreadsheet. */
const mostPrinted = 2_000

const words = {
  ...reviewLabels,
  title: { ja: '棚卸しの報告書', en: 'Report of the access review' },
  of: reviewTitle,
  print: { ja: '印刷する', en: 'Print' },
  user: { ja: 'ユーザー', en: 'User' },
  role: userLabels.role,
  groups: userLabels.groups,
  lastLogin: lastLoginLabel,
  number: groupLabels.id,
  group: groupLabels.name,
  none: { ja: 'なし', en: 'None' },
  people: { ja: (n: string) => `${n}名`, en: (n: string) => n },
  pieces: { ja: (n: string) => `${n}件`, en: (n: string) => n },
  counted: { ja: (what: string, n: string) => `${what}（${n}）`, en: (what: string, n: string) => `${what} (${n})` },
  cut: {
    ja: `それぞれ先頭の${mostPrinted.toLocaleString('ja-JP')}件です。すべての内容は、各一覧のCSVで確認してください。`,
    en: `These are the first ${mostPrinted.toLocaleString('en-GB')} of each. The files of the lists have all of them.`,
  },
}

interface Data {
  looked: LookedAt
  report: ReviewReport
  tally: ReviewTally
}

/** 棚卸しの報告書: all of a review on paper. */
export const reviewReportPage = portal.page({
  path: paths.reviewReport,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const looked = await findLookedAt(ctx, asked)
    if (looked === notFound) return notFound
    const report = await readReport(ctx, looked.source, mostPrinted)
    return { looked, report, tally: await findTally(ctx, looked.source) }
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { looked, report, tally }, words: text, reader }) => (
    <>
      <Breadcrumb
        language={reader.language}
        trail={[{ label: text.of, href: hrefOf(paths.accessReview, looked.query) }]}
        current={text.title}
      />
      <PageHeading
        heading={text.title}
        actions={
          <button class="button button-secondary" type="button" data-print="">
            <Icon name="print" />
            {text.print}
          </button>
        }
      />
      {looked.review && <ReviewFacts review={looked.review} reader={reader} />}
      {looked.moment && <Facts facts={[{ term: text.asOf, value: momentWord(looked.moment.at, reader) }]} />}
      <BeforeRecords looked={looked} reader={reader} />
      {(looked.review ?? looked.moment.isRecorded) && <Tables report={report} tally={tally} reader={reader} />}
    </>
  ),
})

interface TablesProps extends Omit<Data, 'looked'> {
  reader: Reader
}

function Tables({ report, tally, reader }: TablesProps): JSX.Element {
  const { language } = reader
  const text = inLanguage(words, language)
  const counted = (what: keyof ReviewReport, unit: (n: string) => string) =>
    text.counted(reviewTabs[what][language], unit(numberIn(language, tally[what])))
  return (
    <>
      {Math.max(tally.users, tally.groups, tally.rights) > mostPrinted && (
        <Notice kind="info" label={text.title}>
          {text.cut}
        </Notice>
      )}
      <Section heading={counted('users', text.people)}>
        <Table
          caption={reviewTabs.users[language]}
          rows={report.users}
          rowKey={({ id }) => id}
          columns={userColumns(text, reader)}
        />
      </Section>
      <Section heading={counted('groups', text.pieces)}>
        <Table
          caption={reviewTabs.groups[language]}
          rows={report.groups}
          rowKey={({ id }) => id}
          columns={groupColumns(text, reader)}
        />
      </Section>
      <Section heading={counted('rights', text.pieces)}>
        <Table
          caption={reviewTabs.rights[language]}
          rows={report.rights}
          rowKey={({ id }) => id}
          columns={rightColumns(text, reader)}
        />
      </Section>
    </>
  )
}

function userColumns(text: In<typeof words>, { language, timeZone: zone }: Reader): Column<UserReviewed>[] {
  // With its year, on paper.
  const day = (at: Date | null) => (at ? formatTime(at, 'date', { zone, language, now: new Date(0) }) : text.none)
  return [
    {
      label: text.user,
      header: true,
      long: true,
      cell: ({ name, mail }) => (
        <>
          {name}
          <MailBelow mail={mail} />
        </>
      ),
    },
    {
      label: text.role,
      phone: 'labelled',
      cell: ({ role, ...user }) => (
        <>
          {roleWords[role][language]}
          <div class="small-text">{stateThen(user, language)}</div>
        </>
      ),
    },
    {
      label: text.groups,
      long: true,
      phone: 'labelled',
      cell: ({ groups }) =>
        formatList(
          groups.map((group) => groupWord(group, language)),
          language,
        ) || text.none,
    },
    { label: text.level, phone: 'labelled', cell: ({ level }) => reviewedLevel(level, language) },
    { label: text.lastLogin, phone: 'labelled', cell: ({ lastSignIn }) => day(lastSignIn) },
    { label: text.lastEdit, phone: 'labelled', cell: ({ lastEdit }) => day(lastEdit) },
    {
      label: text.findings,
      long: true,
      phone: 'labelled',
      cell: ({ findings }) =>
        formatList(
          findings.map((finding) => findingWords[finding][language]),
          language,
        ),
    },
  ]
}

function groupColumns(text: In<typeof words>, { language }: Reader): Column<GroupReviewed>[] {
  return [
    { label: text.number, cell: ({ number }) => number },
    { label: text.group, header: true, long: true, cell: (group) => groupWord(group, language) },
    { label: text.members, phone: 'labelled', cell: ({ members }) => text.people(numberIn(language, members)) },
    { label: text.level, phone: 'labelled', cell: ({ level }) => reviewedLevel(level, language) },
    {
      label: text.findings,
      long: true,
      phone: 'labelled',
      cell: ({ findings }) => findings.map((finding) => findingWords[finding][language]),
    },
  ]
}

function rightColumns(text: In<typeof words>, { language }: Reader): Column<RightReviewed>[] {
  return [
    { label: text.number, cell: ({ group }) => group.number },
    { label: text.group, header: true, long: true, cell: ({ group }) => groupWord(group, language) },
    { label: text.what, long: true, cell: (right) => whatOf(right, language) },
    { label: text.level, phone: 'labelled', cell: ({ level }) => reviewedLevel(level, language) },
  ]
}
