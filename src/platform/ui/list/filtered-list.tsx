import type { ComponentChildren, JSX } from 'preact'
import type { Place, RowKey } from '../../list/paging.ts'
import type { CutCounts } from '../../list/short-list.ts'
import { inLanguage, type Language } from '../../words.ts'
import { ButtonLink } from '../form/button.tsx'
import { EmptyState } from '../layout/empty-state.tsx'
import { type Chip, ListFilter, type Narrowing } from './list-filter.tsx'
import { hrefOf, type ListQuery } from './list-query.tsx'
import { ListTools } from './list-tools.tsx'

const words = {
  noMatchText: {
    ja: 'キーワードや条件を変えて、もう一度絞り込んでください。',
    en: 'Filter again with other keywords or conditions.',
  },
  clear: { ja: '絞り込みを解除する', en: 'Clear the filter' },
  rowsGone: { ja: 'このページに表示する項目はなくなりました', en: 'Nothing is left on this page' },
  rowsGoneText: {
    ja: 'ほかの利用者の操作などで、一覧の件数が変わりました。',
    en: 'The list has become shorter since, for example by what somebody else did.',
  },
  toStart: { ja: '最初のページを表示する', en: 'Show the first page' },
}

export interface FilteredListProps {
  language: Language
  list: FilteredRows
  place: Place
  /** Absent: there are no keywords. */
  filter?:
    | {
        keyword: string
        chips?: readonly Chip[] | undefined
        chipsLabel?: string | undefined
        narrowings?: readonly Narrowing[] | undefined
      }
    | undefined
  /** Says that nothing is as asked. */
  noMatch: string
  /** Offered as CSV at this path, with the same query. */
  csvPath?: string | undefined
  /** And as a workbook, at this one. */
  workbookPath?: string | undefined
  /** Offered on paper at this path, with the same query. */
  printPath?: string | undefined
  /** Behind a number of rows. */
  unit?: string | undefined
  /** Id of a form with the boxes of the rows: it is posted before another part of the list is shown. */
  posts?: string | undefined
  /** The rows. */
  children: ComponentChildren
}

export interface FilteredRows {
  path: string
  /** All of the query but the place. */
  query: ListQuery
  isFiltered: boolean
  /** What the query is without a filter. */
  unfiltered: ListQuery
  rows: readonly { key: RowKey }[]
  /** The rows listed, over all pages; and those there would be without a filter. */
  total: number
  all: number
  cut?: CutCounts | undefined
}

/** A list with its filter and its tools; it says so when nothing matches. */
export function FilteredList(props: FilteredListProps): JSX.Element {
  const { language, list, filter, posts } = props
  const { path, query } = list
  const text = inLanguage(words, language)
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  return (
    <>
      {filter && (
        <ListFilter
          language={language}
          path={path}
          query={{ ...query, q: undefined }}
          isCut={list.cut !== undefined}
          posts={posts}
          {...filter}
        />
      )}
      <ListTools
        language={language}
        path={path}
        query={query}
        place={props.place}
        total={list.total}
        all={list.isFiltered ? list.all : undefined}
        cut={list.cut}
        unit={props.unit}
        edges={first && last && { first: first.key, last: last.key }}
        csvPath={props.csvPath}
        workbookPath={props.workbookPath}
        printPath={props.printPath}
        posts={posts}
      />
      {first ? (
        props.children
      ) : list.total > 0 ? (
        <Nothing heading={text.rowsGone} href={hrefOf(path, query)} next={text.toStart}>
          {text.rowsGoneText}
        </Nothing>
      ) : (
        <Nothing heading={props.noMatch} href={hrefOf(path, list.unfiltered)} next={text.clear}>
          {text.noMatchText}
        </Nothing>
      )}
    </>
  )
}

interface NothingProps {
  heading: string
  /** Where the one next step leads, and what it is called. */
  href: string
  next: string
  children: string
}

function Nothing({ heading, href, next, children }: NothingProps): JSX.Element {
  return (
    <EmptyState
      icon="search"
      heading={heading}
      action={
        <ButtonLink kind="secondary" href={href}>
          {next}
        </ButtonLink>
      }
    >
      {children}
    </EmptyState>
  )
}
