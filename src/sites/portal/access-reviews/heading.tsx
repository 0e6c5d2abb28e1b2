import type { ComponentChildren, JSX } from 'preact'
import { menuLabels } from '#sites/frame/guide-labels.ts'
import type { ReviewTally } from '#features/access-reviews/tally.ts'
import type { CheckedReview } from '#features/access-reviews/reviews.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import { StatusLine } from '#platform/ui/text/status-line.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { StrangeDay } from '../histories/period.tsx'
import { paths } from '../paths.ts'
import type { LookedAt } from './looked-at.ts'
import { findingWords, momentWord, reviewLabels, reviewTabs, reviewTitle } from './words.ts'

const words = {
  ...reviewLabels,
  title: reviewTitle,
  menu: menuLabels.forAdministrators,
  lead: {
    ja: '誰が何を参照・編集できるかを、記録のある任意の日について確認できます。',
    en: 'Who may see and edit what, as of any day since records began.',
  },
  leadClosed: { ja: '完了した棚卸しの内容です。', en: 'What was looked at in a review that is closed.' },
  tabs: { ja: '棚卸しの内容', en: 'Parts of the review' },
  day: { ja: '基準日', en: 'As of the end of' },
  show: { ja: '表示する', en: 'Show' },
  as: { ja: (moment: string) => `${moment} 現在`, en: (moment: string) => `As of ${moment}` },
  close: { ja: '棚卸しを完了する', en: 'Close the review' },
  report: { ja: '印刷用の報告書', en: 'Report to print' },
  present: { ja: 'いまの状態を表示する', en: 'Show how it is now' },
  sha256: { ja: '内容のSHA-256', en: 'SHA-256 of the rows' },
  check: { ja: '照合', en: 'Check' },
  whole: { ja: '一致しています', en: 'It agrees' },
  broken: { ja: '一致しません', en: 'It does not agree' },
  compared: {
    ja: '残した内容、ハッシュ値、変更履歴の記録を、いま照合しました。',
    en: 'The rows that were kept, their hash and the change history were compared just now.',
  },
  rows: { ja: '内容をJSON Linesでダウンロードする', en: 'Download the rows as JSON Lines' },
  noNote: { ja: 'なし', en: 'None' },
  before: { ja: '記録開始前です', en: 'Before records began' },
  beforeText: {
    ja: (since: string) => `この日の状態は記録されていません。記録があるのは${since}からです。`,
    en: (since: string) => `Nothing is recorded of that day. There are records from ${since} on.`,
  },
  people: { ja: (what: string, n: number) => `${what} ${n}名`, en: (what: string, n: number) => `${what}: ${n}` },
  pieces: { ja: (what: string, n: number) => `${what} ${n}件`, en: (what: string, n: number) => `${what}: ${n}` },
  none: { ja: '確認が必要なユーザーやグループはありません。', en: 'No user or group need be looked at.' },
}

export type ReviewTab = keyof typeof reviewTabs

interface HeadingProps {
  looked: LookedAt
  tab: Exclude<ReviewTab, 'closed'>
  reader: Reader
  /** Before what else can be done. */
  action?: ComponentChildren
}

/** The head of each list of a review. */
export function ReviewHeading({ looked, tab, reader, action }: HeadingProps): JSX.Element {
  const { language } = reader
  const text = inLanguage(words, language)
  const { moment, review, query, strange } = looked
  return (
    <>
      <Breadcrumb language={language} trail={[{ label: text.menu, href: paths.administration }]} current={text.title} />
      <PageHeading
        heading={text.title}
        lead={review ? text.leadClosed : text.lead}
        actions={
          <>
            {action}
            <ButtonLink kind="secondary" href={hrefOf(paths.reviewReport, query)}>
              {text.report}
            </ButtonLink>
            {moment?.isRecorded && <ButtonLink href={hrefOf(paths.closeReview, query)}>{text.close}</ButtonLink>}
          </>
        }
      />
      <ReviewTabs tab={tab} looked={looked} reader={reader} />
      {moment ? (
        <form class="ask-line" action={pathOf[tab]}>
          <label>
            {text.day}
            <input
              class="input input-date"
              type="date"
              name="on"
              value={moment.on}
              {...(strange !== undefined && { 'aria-invalid': true, 'aria-describedby': 'on-problem' })}
            />
          </label>
          <Button kind="secondary" small>
            {text.show}
          </Button>
          <span>{text.as(momentWord(moment.at, reader))}</span>
          {strange !== undefined && <StrangeDay day={strange} id="on-problem" language={language} />}
        </form>
      ) : (
        <ReviewFacts review={review} reader={reader} more={<a href={pathOf[tab]}>{text.present}</a>} />
      )}
    </>
  )
}

const pathOf: Record<ReviewTab, string> = {
  users: paths.accessReview,
  groups: paths.reviewedGroups,
  rights: paths.reviewedRights,
  closed: paths.closedReviews,
}

/** The parts of a review, and the earlier ones. */
export function ReviewTabs({
  tab,
  looked,
  reader: { language },
}: Pick<HeadingProps, 'reader'> & { tab: ReviewTab; looked?: LookedAt }): JSX.Element {
  const tabs: readonly ReviewTab[] = ['users', 'groups', 'rights', 'closed']
  return (
    <PageTabs
      label={words.tabs[language]}
      tabs={tabs.map((each) => ({
        label: reviewTabs[each][language],
        href: each === 'closed' ? pathOf[each] : hrefOf(pathOf[each], looked?.query ?? {}),
        isCurrent: each === tab,
      }))}
    />
  )
}

interface FactsProps {
  review: CheckedReview
  reader: Reader
  more?: ComponentChildren
}

/** Who has closed a review, of which moment, and whether it is still what it was. */
export function ReviewFacts({ review, reader, more }: FactsProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  const { id, asOf, closedAt, closedBy, note, sha256, isWhole } = review
  return (
    <>
      <Facts
        facts={[
          { term: text.asOf, value: momentWord(asOf, reader) },
          { term: text.closedAt, value: momentWord(closedAt, reader) },
          { term: text.closedBy, value: closedBy },
          { term: text.note, value: note || text.noNote },
          {
            term: text.sha256,
            value: <span {...untranslated}>{sha256}</span>,
          },
          {
            term: text.check,
            value: (
              <>
                {isWhole ? (
                  <PlainState>{text.whole}</PlainState>
                ) : (
                  <Badge kind="trouble" icon="alert">
                    {text.broken}
                  </Badge>
                )}
                <div class="small-text">{text.compared}</div>
              </>
            ),
          },
        ]}
      />
      <p>
        <a class="link-with-icon" href={paths.reviewedRows({ id })}>
          <Icon name="download" />
          {text.rows}
        </a>
      </p>
      {more && <p>{more}</p>}
    </>
  )
}

/** What should be looked at, each with the list of it. */
export function Findings({
  tally,
  looked,
  reader: { language },
}: { tally: ReviewTally } & Omit<HeadingProps, 'tab'>): JSX.Element {
  const text = inLanguage(words, language)
  const items = (['quiet', 'unused', 'nobody'] as const)
    .filter((finding) => tally[finding] > 0)
    .map((finding) => ({
      href: hrefOf(finding === 'nobody' ? paths.reviewedGroups : paths.accessReview, { ...looked.query, finding }),
      label: (finding === 'nobody' ? text.pieces : text.people)(findingWords[finding][language], tally[finding]),
    }))
  if (items.length === 0) return <p class="small-text">{text.none}</p>
  return <StatusLine heading={text.findings} items={items} />
}

/** In place of a list: of that day nothing is known. Null: something is. */
export function BeforeRecords({ looked: { moment }, reader }: Omit<HeadingProps, 'tab'>): JSX.Element | null {
  if (!moment || moment.isRecorded) return null
  const text = inLanguage(words, reader.language)
  return (
    <EmptyState icon="clock" heading={text.before}>
      {text.beforeText(momentWord(moment.recordedSince, reader))}
    </EmptyState>
  )
}
