import { contractLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { type ContractList, type ContractRow, listContracts } from '#features/contracts/list.ts'
import type { ContractColumn } from '#features/contracts/sorting.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { chipOfAll, chipsFor, countOf } from '#platform/ui/list/chips.ts'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { sortingQuery, sortLink } from '#platform/ui/list/sorting.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { type ContractQuery, contractQueryOf, contractSorting } from './contract-query.ts'
import { ContractStatusMark, contractStatusIcons, contractStatusWords } from './contract-status.tsx'
import { NoContracts } from '../subjects/no-contracts.tsx'
import { SubjectHeading } from '../subjects/subject-heading.tsx'

const words = {
  title: serviceLabels.contractList,
  lead: {
    ja: '所属するユーザーグループで権限のあるご契約を表示しています。',
    en: 'The contracts that your user groups let you see.',
  },
  caption: { ja: 'ご契約の一覧', en: 'Contracts' },
  status: contractLabels.status,
  number: contractLabels.contractNumber,
  group: contractLabels.groupNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  memo: contractLabels.memo,
  memoAction: { ja: 'メモの操作', en: 'Memo actions' },
  edit: { ja: '編集する', en: 'Edit' },
  add: { ja: '追加する', en: 'Add' },
  ofMemo: { ja: (number: string) => `（${number}のメモ）`, en: (number: string) => ` (memo of ${number})` },
  noMatch: { ja: '条件に合うご契約がありません', en: 'No contract matches' },
}

interface Data {
  query: ContractQuery
  list: ContractList
  groups: readonly string[]
}

/** ご契約・運用状況の一覧 */
export const contractsPage = portal.page({
  path: paths.contracts,
  allow: 'user',
  words,
  section: 'contracts',
  async load(ctx, address): Promise<Data | typeof notFound> {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const query = contractQueryOf(address, services)
    if (!query) return notFound
    const list = await listContracts(ctx, query.asked)
    return { query, list, groups: ctx.actor.groups.map(({ name }) => name) }
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, reader } = view
    const { language } = reader
    return (
      <>
        <SubjectHeading {...view} data={data.query} path={paths.contracts} />
        {data.list.all === 0 ? <NoContracts groups={data.groups} language={language} /> : <Listed {...view} />}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { language } = reader
  const { query, list } = data
  const { filter, sorting, place } = query.asked
  const { status } = filter
  const unfiltered = { service: query.kept.service, ...sortingQuery(sorting, contractSorting) }
  const kept = { ...query.kept, ...unfiltered, status }
  return (
    <FilteredTable
      language={language}
      path={paths.contracts}
      query={kept}
      isFiltered={query.keyword !== '' || status !== undefined}
      unfiltered={unfiltered}
      keyword={query.keyword}
      chips={[
        chipOfAll(['status'], { query: kept, count: countOf(list.counts, []), language }),
        ...chipsFor(
          {
            name: 'status',
            values: contractStatuses,
            chosen: status,
            labels: contractStatusWords,
            icons: contractStatusIcons,
            count: (value) => list.counts[value] ?? 0,
          },
          kept,
          language,
        ),
      ]}
      chipsLabel={text.status}
      place={place}
      list={list}
      caption={text.caption}
      columns={columnsOf(view, kept)}
      rowKey={({ id }) => id}
      noMatch={text.noMatch}
      csvPath={paths.contractsCsv}
    />
  )
}

function columnsOf({ data, form, words: text, reader }: Shown, query: ListQuery): Column<ContractRow>[] {
  const { language } = reader
  // With the place in the list, to come back to.
  const here = form.action
  const sorting = data.query.asked.sorting
  const sort = (by: ContractColumn) =>
    sortLink({ path: paths.contracts, query, sorting, sortable: contractSorting }, by)
  return [
    {
      label: text.status,
      phone: 'beside',
      sort: sort('status'),
      cell: ({ status }) => <ContractStatusMark status={status} language={language} />,
    },
    {
      label: text.number,
      header: true,
      sort: sort('number'),
      cell: ({ id, number }) => <a href={paths.contract({ id })}>{number}</a>,
    },
    { label: text.group, phone: 'hidden', sort: sort('group'), cell: ({ groupNumber }) => groupNumber },
    { label: text.service, sort: sort('service'), cell: ({ service }) => service[language] },
    { label: text.site, long: true, sort: sort('site'), cell: ({ site }) => site },
    { label: text.memo, long: true, phone: 'below', cell: ({ memo }) => memo },
    {
      label: text.memoAction,
      hideLabel: true,
      phone: 'end',
      cell: ({ id, number, memo, mayEdit }) =>
        mayEdit && (
          <a class="link-with-icon" href={hrefOf(paths.contractMemo({ id }), { return: here })}>
            <Icon name={memo ? 'edit' : 'plus'} />
            {memo ? text.edit : text.add}
            <span class="visually-hidden">{text.ofMemo(number)}</span>
          </a>
        ),
    },
  ]
}
