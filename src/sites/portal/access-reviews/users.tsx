import { userLabels } from '#sites/frame/guide-labels.ts'
import { reviewedUsers } from '#features/access-reviews/lists.ts'
import { userFindings } from '#features/access-reviews/source.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Badge } from '#platform/ui/text/status.tsx'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'
import { MailBelow } from '../users/person.tsx'
import { groupSeparator } from '../users/user-columns.ts'
import { groupWord, lastLoginLabel, roleWords, stateLabel } from '../users/words.ts'
import { BeforeRecords, Findings, ReviewHeading } from './heading.tsx'
import { findLookedAt, narrowedIn } from './looked-at.ts'
import { Narrowed } from './narrowed.tsx'
import { findingWords, reviewedLevel, reviewLabels, reviewTitle, stateThen } from './words.ts'

const words = {
  title: reviewTitle,
  caption: { ja: '棚卸しの対象のユーザー', en: 'Users of the review' },
  unit: { ja: '名', en: '' },
  user: { ja: 'ユーザー', en: 'User' },
  mail: userLabels.mailAddress,
  role: userLabels.role,
  state: stateLabel,
  groups: userLabels.groups,
  level: reviewLabels.level,
  'last-login': lastLoginLabel,
  'last-edit': reviewLabels.lastEdit,
  findings: reviewLabels.findings,
  rightsOf: { ja: (name: string) => `${name}さんの権限を表示する`, en: (name: string) => `Show the rights of ${name}` },
  noGroup: { ja: '所属なし', en: 'In no group' },
  none: { ja: 'なし', en: 'None' },
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
}

const thing = thingOfListing('access-review')

/** 棚卸し: who could see what on a day, and who should be looked at. */
export const accessReviewPage = portal.list({
  path: paths.accessReview,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: reviewedUsers,
  async load(ctx, asked, read) {
    const looked = await findLookedAt(ctx, asked)
    if (looked === notFound) return notFound
    const { scope, kept } = narrowedIn(asked, looked)
    const [list, pinned] = await Promise.all([read(scope, kept), isPinned(ctx, thing)])
    return { list, looked, scope, isPinned: pinned }
  },
  about: () => thing,
  heading: (view) => (
    <ReviewHeading
      looked={view.data.looked}
      tab="users"
      reader={view.reader}
      action={<PinButton view={view} thing={thing} isPinned={view.data.isPinned} />}
    />
  ),
  empty: ({ data: { looked }, reader }) => <BeforeRecords looked={looked} reader={reader} />,
  above: ({ data: { looked, list }, reader }) => (
    <>
      <Findings tally={list.beside.tally} looked={looked} reader={reader} />
      <Narrowed beside={list.beside} path={list.path} query={list.query} language={reader.language} />
    </>
  ),
  narrowings: ({ data: { scope }, words: text, reader: { language } }) => [
    {
      name: 'finding',
      label: text.findings,
      chosen: scope.finding,
      options: userFindings.map((value) => ({ value, label: findingWords[value][language] })),
    },
  ],
  columns: {
    user: {
      header: true,
      long: true,
      cell: ({ id, name, mail }, { data: { looked }, words: text }) => (
        <>
          <a href={hrefOf(paths.reviewedRights, { ...looked.query, user: id })} aria-label={text.rightsOf(name)}>
            {name}
          </a>
          <MailBelow mail={mail} />
        </>
      ),
      csv: ({ name }) => name,
    },
    mail: { csv: ({ mail }) => mail },
    role: {
      phone: 'labelled',
      cell: ({ role, state, isOutside }, { language }) => (
        <>
          {roleWords[role][language]}
          {(state !== 'active' || isOutside) && (
            <div class="small-text">{stateThen({ state, isOutside }, language)}</div>
          )}
        </>
      ),
      csv: ({ role }, language) => roleWords[role][language],
    },
    state: { csv: stateThen },
    groups: {
      long: true,
      phone: 'labelled',
      cell: ({ groups }, { language, words: text }) =>
        formatList(
          groups.map((group) => groupWord(group, language)),
          language,
        ) || text.noGroup,
      csv: ({ groups }, language) => groups.map((group) => groupWord(group, language)).join(groupSeparator),
    },
    level: {
      phone: 'beside',
      cell: ({ level }, { language }) => reviewedLevel(level, language),
      csv: ({ level }, language) => reviewedLevel(level, language),
    },
    'last-login': {
      phone: 'labelled',
      cell: ({ lastSignIn, findings }, { time, language, words: text }) => (
        <>
          {lastSignIn ? time(lastSignIn) : text.none}
          {findings.includes('quiet') && <FindingBadge>{findingWords.quiet[language]}</FindingBadge>}
        </>
      ),
      csvTime: ({ lastSignIn }) => lastSignIn,
    },
    'last-edit': {
      phone: 'labelled',
      cell: ({ lastEdit, findings }, { time, language, words: text }) => (
        <>
          {lastEdit ? time(lastEdit) : text.none}
          {findings.includes('unused') && <FindingBadge>{findingWords.unused[language]}</FindingBadge>}
        </>
      ),
      csvTime: ({ lastEdit }) => lastEdit,
    },
    findings: {
      csv: ({ findings }, language) => findings.map((finding) => findingWords[finding][language]).join(groupSeparator),
    },
  },
  csv: paths.accessReviewCsv,
})

function FindingBadge({ children }: { children: string }) {
  return (
    <div>
      <Badge kind="warning" icon="alert">
        {children}
      </Badge>
    </div>
  )
}
