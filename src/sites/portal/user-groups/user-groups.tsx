import { groupLabels } from '#sites/frame/guide-labels.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import {
  type GroupColumn,
  groupColumns,
  groupKeyBy,
  type GroupRow,
  type GroupsAsked,
  listCountedGroups,
} from '#features/user-groups/list-counted.ts'
import { placeOf } from '#platform/list/paging.ts'
import type { ListedRows } from '#platform/list/short-list.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type Sortable, sortingOf, sortingQuery, sortLink } from '#platform/ui/list/sorting.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupDescription, groupName, listTitle } from './words.ts'

const words = {
  title: listTitle,
  id: groupLabels.id,
  name: groupLabels.name,
  description: groupLabels.description,
  members: groupLabels.members,
  add: groupLabels.startAdding,
  people: { ja: (n: number) => `${n}名`, en: (n: number) => String(n) },
  noMatch: { ja: '条件に合うユーザグループがありません', en: 'No user group matches' },
}

interface Data {
  keyword: string
  size: string | undefined
  asked: GroupsAsked
  list: ListedRows<GroupRow, 'group'>
}

const sortable: Sortable<GroupColumn> = { columns: groupColumns, downFirst: ['members'] }

/** ユーザグループ一覧. It is never empty: every customer has the automatic group. */
export const userGroupsPage = portal.page({
  path: paths.userGroups,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { query }): Promise<Data> {
    const keyword = keywordOf(query)
    const sorting = sortingOf(query, sortable)
    const place = placeOf(query, { key: groupKeyBy(sorting.by) })
    const asked = { terms: termsOf(keyword), sorting, place }
    return { keyword, size: query.size, asked, list: await listCountedGroups(ctx, asked) }
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { keyword, size, asked, list } = data
    const unfiltered = { size, ...sortingQuery(asked.sorting, sortable) }
    const query = { q: keyword, ...unfiltered }
    return (
      <>
        <PageHeading heading={text.title} actions={<ButtonLink href={paths.addUserGroup}>{text.add}</ButtonLink>} />
        <FilteredTable
          language={reader.language}
          path={paths.userGroups}
          query={query}
          isFiltered={keyword !== ''}
          unfiltered={unfiltered}
          keyword={keyword}
          place={asked.place}
          list={list}
          caption={text.title}
          columns={columnsOf(view, query)}
          rowKey={({ id }) => id}
          noMatch={text.noMatch}
        />
      </>
    )
  },
})

function columnsOf(
  { data, words: text, reader: { language } }: View<Data, typeof words>,
  query: ListQuery,
): Column<GroupRow>[] {
  const { sorting } = data.asked
  const sort = (by: GroupColumn) => sortLink({ path: paths.userGroups, query, sorting, sortable }, by)
  return [
    { label: text.id, number: true, phone: 'beside', sort: sort('number'), cell: ({ number }) => number },
    {
      label: text.name,
      header: true,
      long: true,
      sort: sort('name'),
      cell: (group) => <a href={paths.userGroup({ id: group.id })}>{groupName(group, language)}</a>,
    },
    { label: text.description, long: true, phone: 'below', cell: (group) => groupDescription(group, language) },
    { label: text.members, phone: 'labelled', sort: sort('members'), cell: ({ members }) => text.people(members) },
  ]
}
