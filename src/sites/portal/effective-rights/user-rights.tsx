import type { JSX } from 'preact'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import {
  listUserRights,
  type RightColumn,
  rightColumns,
  rightKeyBy,
  type UserRight,
  type UserRightsAsked,
} from '#features/effective-rights/of-user.ts'
import type { Person } from '#features/effective-rights/person.ts'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { placeOf } from '#platform/list/paging.ts'
import type { ListedRows } from '#platform/list/short-list.ts'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { type Sortable, sortingOf, sortingQuery, sortLink } from '#platform/ui/list/sorting.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import type { PageRequest } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { levelChips, levelIn, LevelOf } from './level.tsx'
import { ReasonList } from './reasons.tsx'
import { rightsTitle } from './words.ts'

const words = {
  number: contractLabels.contractNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  level: rightsTitle,
  reasons: { ja: '権限を与えているグループ', en: 'Given by' },
  noMatch: { ja: '条件に合うご契約がありません', en: 'No contract matches' },
}

/** What one person may see, as a page of it was asked for. */
export interface UserRights {
  person: Person
  keyword: string
  size: string | undefined
  asked: UserRightsAsked
  list: ListedRows<UserRight, Level>
}

const sortable: Sortable<RightColumn> = { columns: rightColumns, downFirst: [] }

export async function loadUserRights(ctx: Context, person: Person, { query }: PageRequest): Promise<UserRights> {
  const keyword = keywordOf(query)
  const sorting = sortingOf(query, sortable)
  const place = placeOf(query, { key: rightKeyBy(sorting.by) })
  const asked = { terms: termsOf(keyword), level: levelIn(query), sorting, place }
  return { person, keyword, size: query.size, asked, list: await listUserRights(ctx, person, asked) }
}

export interface UserRightsTableProps {
  rights: UserRights
  path: string
  language: Language
  /** For administrators: led on to who else may see a contract, and to the groups. */
  isAdministrators: boolean
}

export function UserRightsTable(props: UserRightsTableProps): JSX.Element {
  const { rights, path, language } = props
  const { keyword, size, asked, list } = rights
  const text = inLanguage(words, language)
  const unfiltered = { size, ...sortingQuery(asked.sorting, sortable) }
  const query = { q: keyword, level: asked.level, ...unfiltered }
  return (
    <FilteredTable
      language={language}
      path={path}
      query={query}
      isFiltered={keyword !== '' || asked.level !== undefined}
      unfiltered={unfiltered}
      keyword={keyword}
      chips={levelChips({ chosen: asked.level, counts: list.counts }, query, language)}
      chipsLabel={text.level}
      place={asked.place}
      list={list}
      caption={text.level}
      columns={columnsOf(props, query)}
      rowKey={({ id }) => id}
      noMatch={text.noMatch}
    />
  )
}

function columnsOf(
  { rights, path, language, isAdministrators }: UserRightsTableProps,
  query: ListQuery,
): Column<UserRight>[] {
  const text = inLanguage(words, language)
  const sort = (by: RightColumn) => sortLink({ path, query, sorting: rights.asked.sorting, sortable }, by)
  return [
    {
      label: text.number,
      header: true,
      sort: sort('number'),
      cell: ({ id, number }) => (
        <a href={(isAdministrators ? paths.rightsOfContract : paths.contract)({ id })}>{number}</a>
      ),
    },
    { label: text.service, long: true, sort: sort('service'), cell: ({ service }) => service[language] },
    { label: text.site, long: true, sort: sort('site'), cell: ({ site }) => site },
    { label: text.level, phone: 'beside', cell: ({ level }) => <LevelOf level={level} language={language} /> },
    {
      label: text.reasons,
      long: true,
      phone: 'below',
      cell: (row) => <ReasonList {...row} language={language} isLinked={isAdministrators} />,
    },
  ]
}
