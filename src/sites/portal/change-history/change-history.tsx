import { type SubjectKind, subjectKinds } from '#features/change-history/actions.ts'
import { type ChangeList, type ChangeRow, listChanges, mostLookedAt } from '#features/change-history/list.ts'
import { chipOfAll, chipsFor, countOf } from '#platform/ui/list/chips.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { HiddenQuery, hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import type { Column } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { zoneLabel } from '#platform/time/format.ts'
import type { Reader, View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { DifferenceList } from './difference.tsx'
import { type HistoryQuery, historyQueryOf } from './history-query.ts'
import { actionWord, differencesOf, historyLabels, historyTitle, subjectKindWords } from './words.ts'

const words = {
  ...historyLabels,
  title: historyTitle,
  lead: {
    ja: '誰が何を変更したかの記録です。記録は変更も削除もできません。',
    en: 'Who changed what. Nobody can change or delete these records.',
  },
  kind: { ja: '対象の種別', en: 'Kind of subject' },
  period: { ja: '期間', en: 'Period' },
  from: { ja: '開始日', en: 'From' },
  to: { ja: '終了日', en: 'To' },
  apply: { ja: '期間で絞り込む', en: 'Filter by period' },
  onlyBy: {
    ja: (name: string) => `${name}さんの変更だけを表示する`,
    en: (name: string) => `Only what ${name} changed`,
  },
  by: { ja: (name: string) => `変更者：${name}`, en: (name: string) => `Changed by ${name}` },
  cut: {
    ja: `最新の${mostLookedAt.toLocaleString('ja-JP')}件から表示しています。それより前の変更は、期間で絞り込んで確認してください。`,
    en: `These are the newest ${mostLookedAt.toLocaleString('en-GB')} changes. Choose a period to see older ones.`,
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

interface Data {
  query: HistoryQuery
  list: ChangeList
}

/** 変更履歴 */
export const changeHistoryPage = portal.page({
  path: paths.changeHistory,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { query: given }): Promise<Data> {
    const query = historyQueryOf(given)
    return { query, list: await listChanges(ctx, query.filter, query.place) }
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text } = view
    const { from, to, actorId } = data.query.filter
    const isEmpty = data.list.all === 0 && !from && !to && !actorId
    return (
      <>
        <PageHeading heading={text.title} lead={text.lead} />
        {isEmpty ? (
          <EmptyState icon="clock" heading={text.none} action={<a href={paths.userGroups}>{text.toGroups}</a>}>
            {text.noneText}
          </EmptyState>
        ) : (
          <Listed {...view} />
        )}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { language } = reader
  const { query, list } = data
  const { kind, from, to, actorId } = query.filter
  const all = { ...query.kept, q: query.keyword, kind }
  const isFiltered = query.keyword !== '' || kind !== undefined
  return (
    <>
      <Period {...view} />
      {list.all === mostLookedAt && (
        <Notice kind="info" label={text.period}>
          {text.cut}
        </Notice>
      )}
      <FilteredTable
        language={language}
        path={paths.changeHistory}
        query={all}
        isFiltered={isFiltered}
        unfiltered={isFiltered || (!from && !to && !actorId) ? query.kept : { size: query.kept.size }}
        keyword={query.keyword}
        chips={[
          chipOfAll(['kind'], { query: all, count: countOf(list.counts, []), language }),
          ...chipsFor<SubjectKind>(
            {
              name: 'kind',
              values: subjectKinds,
              chosen: kind,
              labels: subjectKindWords,
              count: (value) => list.counts[value] ?? 0,
            },
            all,
            language,
          ),
          ...(actorId
            ? [
                {
                  label: text.by(list.actorName ?? ''),
                  count: list.total,
                  query: { ...all, by: undefined },
                  isChosen: true,
                },
              ]
            : []),
        ]}
        chipsLabel={text.kind}
        place={query.place}
        list={list}
        caption={text.title}
        columns={columnsOf(view, all)}
        rowKey={({ id }) => id}
        noMatch={text.noMatch}
        csvPath={paths.changeHistoryCsv}
      />
      {list.total > 0 && (
        <p>
          <a class="link-with-icon" href={hrefOf(paths.changeHistoryJson, all)}>
            <Icon name="download" />
            {text.json}
          </a>
        </p>
      )}
    </>
  )
}

/** The first and the last day, in the reader's zone. */
function Period({ data: { query }, words: text }: Shown) {
  const { from, to, kind } = query.filter
  return (
    <form class="ask-line" action={paths.changeHistory}>
      <HiddenQuery query={{ ...query.kept, from: undefined, to: undefined, q: query.keyword || undefined, kind }} />
      <label>
        {text.from}
        <input class="input input-date" type="date" name="from" value={from} />
      </label>
      <label>
        {text.to}
        <input class="input input-date" type="date" name="to" value={to} />
      </label>
      <Button kind="secondary" small>
        {text.apply}
      </Button>
    </form>
  )
}

function columnsOf({ data: { list }, words: text, reader }: Shown, query: ListQuery): Column<ChangeRow>[] {
  const { language, now, timeZone: zone } = reader
  return [
    {
      label: `${text.at} ${zoneOf(reader)}`,
      header: true,
      cell: ({ at }) => <Time at={at} zone={zone} language={language} now={now} />,
    },
    {
      label: text.actor,
      phone: 'beside',
      cell: ({ actor: { id, name } }) =>
        id ? (
          <a href={hrefOf(paths.changeHistory, { ...query, by: id })} aria-label={text.onlyBy(name)}>
            {name}
          </a>
        ) : (
          name || text.operator
        ),
    },
    { label: text.action, cell: ({ action }) => actionWord(action, language) },
    { label: text.subject, long: true, cell: ({ subject }) => subject.name },
    {
      label: text.change,
      long: true,
      phone: 'below',
      cell: (row) => (
        <DifferenceList differences={differencesOf(row, { language, services: list.services })} language={language} />
      ),
    },
  ]
}

function zoneOf({ timeZone, language, now }: Reader): string {
  return /UTC[^）)]*/.exec(zoneLabel(timeZone, language, now))?.[0] ?? timeZone
}
