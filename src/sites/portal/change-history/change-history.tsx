import type { ComponentChildren } from 'preact'
import { type ChangeRow, changeList, type ChangeScope, mostListed } from '#features/change-history/list.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { HiddenQuery, hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { formatTime } from '#platform/time/format.ts'
import type { Reader } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { PeriodFields, periodSaid, strangeDay, zoneOf } from '../histories/period.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { DifferenceList } from './difference.tsx'
import { changeScopeIn } from './history-query.ts'
import { actionWord } from '#sites/frame/states/action-words.ts'
import { differencesOf, historyLabels, historyTitle, inWordsOf, subjectKindWords } from './words.ts'

const words = {
  ...historyLabels,
  title: historyTitle,
  lead: {
    ja: '誰が何を変更したかの記録です。記録は変更も削除もできません。',
    en: 'Who changed what. Nobody can change or delete these records.',
  },
  kind: { ja: '対象の種別', en: 'Kind of subject' },
  period: { ja: '期間', en: 'Period' },
  apply: { ja: '期間で絞り込む', en: 'Filter by period' },
  onlyBy: {
    ja: (name: string) => `${name}さんの変更だけを表示する`,
    en: (name: string) => `Only what ${name} changed`,
  },
  by: { ja: (name: string) => `変更者：${name}`, en: (name: string) => `Changed by ${name}` },
  about: { ja: (name: string) => `${name}に関わる変更`, en: (name: string) => `About ${name}` },
  cut: {
    ja: `最新の${mostListed.toLocaleString('ja-JP')}件から表示しています。それより前の変更は、期間で絞り込んで確認してください。`,
    en: `These are the newest ${mostListed.toLocaleString('en-GB')} changes. Choose a period to see older ones.`,
  },
  json: { ja: 'JSON Linesをダウンロードする', en: 'Download as JSON Lines' },
  noMatch: { ja: '条件に合う変更がありません', en: 'No change matches' },
  none: { ja: '変更の記録はまだありません', en: 'Nothing has been changed yet' },
  noneText: {
    ja: 'ユーザーや権限などが変更されると、ここに記録されます。',
    en: 'As soon as users, rights and so on are changed, it stands here.',
  },
  toGroups: { ja: 'ユーザーグループ一覧を表示する', en: 'Show the user groups' },
}

const thing = thingOfListing('change-history')

/** 変更履歴 */
export const changeHistoryPage = portal.list({
  path: paths.changeHistory,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: changeList,
  async load(ctx, { query }, read) {
    const scope = changeScopeIn(query)
    const { from, to, actorId: by, groupId: group, contractId: contract } = scope
    const [list, pinned] = await Promise.all([read(scope, { from, to, by, group, contract }), isPinned(ctx, thing)])
    return { list, scope, asked: query, isPinned: pinned }
  },
  about: () => thing,
  actions: (view) => <PinButton view={view} thing={thing} isPinned={view.data.isPinned} />,
  empty({ data: { scope, asked }, words: text }) {
    const isStrange = strangeDay(asked, 'from') ?? strangeDay(asked, 'to')
    const isNarrowed = Object.values(scope).some((each) => each !== undefined)
    if (isNarrowed || isStrange !== undefined) return null
    return (
      <EmptyState icon="clock" heading={text.none} action={<a href={paths.userGroups}>{text.toGroups}</a>}>
        {text.noneText}
      </EmptyState>
    )
  },
  above: ({ data: { list, scope, asked }, words: text, reader: { language } }) => (
    <>
      <Period scope={scope} asked={asked} query={list.query} text={text} language={language} />
      {list.cut && (
        <Notice kind="info" label={text.period}>
          {text.cut}
        </Notice>
      )}
    </>
  ),
  chips: { kind: { labels: subjectKindWords } },
  moreChips({ data: { list, scope }, words: text }) {
    const { actorId, groupId, contractId } = scope
    const { actorName, aboutName } = list.beside
    const chosen = { count: list.total, isChosen: true }
    const without = { ...list.query, group: undefined, contract: undefined }
    return [
      ...(actorId ? [{ ...chosen, label: text.by(actorName ?? ''), query: { ...list.query, by: undefined } }] : []),
      ...(groupId || contractId ? [{ ...chosen, label: text.about(aboutName ?? ''), query: without }] : []),
    ]
  },
  columns: {
    at: {
      header: true,
      label: ({ words: text, reader }) => `${text.at} ${zoneOf(reader)}`,
      cell: ({ at }, { time }) => time(at),
    },
    actor: {
      phone: 'beside',
      cell: ({ actor }, { data: { list }, words: text }) => <ChangedBy actor={actor} query={list.query} text={text} />,
    },
    action: { cell: ({ action }, { language }) => actionWord(action, language) },
    subject: {
      long: true,
      cell: ({ subject }, { language, time }) => (
        // A review is called by the moment that it was about, in UTC.
        <Subject
          {...subject}
          called={subject.kind === 'access-review' ? time(new Date(subject.name)) : inWordsOf(subject.name, language)}
        />
      ),
    },
    change: {
      long: true,
      phone: 'below',
      cell: (row, { data: { list }, language, reader }) => (
        <DifferenceList
          differences={differencesOf(row, { language, services: list.beside.services, moment: momentIn(reader) })}
          language={language}
        />
      ),
    },
  },
  conditions: ({ data: { scope }, reader: { language } }) => periodSaid(scope, language),
  // Made of its own, for it has more than the list: see `change-history-files.ts`.
  csv: paths.changeHistoryCsv,
  below: ({ data: { list }, words: text }) =>
    list.total > 0 && (
      <p>
        <a class="link-with-icon" href={hrefOf(paths.changeHistoryJson, list.query)}>
          <Icon name="download" />
          {text.json}
        </a>
      </p>
    ),
})

const momentIn =
  ({ timeZone: zone, language, now }: Reader) =>
  (at: Date): string =>
    formatTime(at, 'date-time', { zone, language, now })

/** Leads to what was changed, as long as it is there; of a contract, to who may see it, which every administrator may open. */
function Subject({ kind, id, called }: Pick<ChangeRow['subject'], 'kind' | 'id'> & { called: ComponentChildren }) {
  const page = subjectPages[kind]
  return id === null || !page ? <>{called}</> : <a href={page({ id })}>{called}</a>
}

const subjectPages: Readonly<Record<string, ((ids: { id: string }) => string) | undefined>> = {
  user: paths.user,
  'user-group': paths.userGroup,
  contract: paths.rightsOfContract,
  'access-review': ({ id }) => hrefOf(paths.accessReview, { review: id }),
}

interface PeriodProps {
  scope: ChangeScope
  asked: Readonly<Record<string, string>>
  query: ListQuery
  text: In<typeof words>
}

/** The first and the last day, in the reader's zone. */
function Period({ scope: { from, to }, asked, query, text, language }: PeriodProps & { language: Language }) {
  return (
    <form class="ask-line" action={paths.changeHistory}>
      <HiddenQuery query={{ ...query, from: undefined, to: undefined }} />
      <PeriodFields period={{ from, to }} asked={asked} language={language} />
      <Button kind="secondary" small>
        {text.apply}
      </Button>
    </form>
  )
}

/** Leads to what else the same person changed. */
function ChangedBy({
  actor: { id, name },
  query,
  text,
}: Pick<ChangeRow, 'actor'> & Omit<PeriodProps, 'scope' | 'asked'>) {
  if (id === null) return <>{name || text.operator}</>
  return (
    <a href={hrefOf(paths.changeHistory, { ...query, by: id })} aria-label={text.onlyBy(name)}>
      {name}
    </a>
  )
}
