import type { JSX } from 'preact'
import type { Place, RowKey } from '../../list/paging.ts'
import { inLanguage, type Language } from '../../words.ts'
import { ButtonLink } from '../form/button.tsx'
import { EmptyState } from '../layout/empty-state.tsx'
import { type Chip, ListFilter } from './list-filter.tsx'
import { hrefOf, type ListQuery } from './list-query.tsx'
import { ListTools } from './list-tools.tsx'
import { type Column, Table } from './table.tsx'

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

export interface FilteredTableProps<Row> {
  language: Language
  path: string
  /** All of the query but the place. */
  query: ListQuery
  isFiltered: boolean
  /** What the query is without a filter. */
  unfiltered: ListQuery
  keyword: string
  chips?: readonly Chip[] | undefined
  chipsLabel?: string | undefined
  place: Place
  list: { rows: readonly { row: Row; key: RowKey }[]; total: number; all: number }
  caption: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Says that nothing is as asked. */
  noMatch: string
  /** Offered as CSV at this path, with the same query. */
  csvPath?: string | undefined
}

/** A list with its filter and its tools; it says so when nothing matches. */
export function FilteredTable<Row>(props: FilteredTableProps<Row>): JSX.Element {
  const { language, path, query, unfiltered, list, columns } = props
  const text = inLanguage(words, language)
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  return (
    <>
      <ListFilter
        language={language}
        path={path}
        query={{ ...query, q: undefined }}
        keyword={props.keyword}
        chips={props.chips}
        chipsLabel={props.chipsLabel}
      />
      <ListTools
        language={language}
        path={path}
        query={query}
        place={props.place}
        total={list.total}
        all={props.isFiltered ? list.all : undefined}
        edges={first && last && { first: first.key, last: last.key }}
        csvPath={props.csvPath}
        printable
      />
      {first ? (
        <Table caption={props.caption} rows={list.rows.map(({ row }) => row)} rowKey={props.rowKey} columns={columns} />
      ) : list.total > 0 ? (
        <Nothing heading={text.rowsGone} href={hrefOf(path, query)} next={text.toStart}>
          {text.rowsGoneText}
        </Nothing>
      ) : (
        <Nothing heading={props.noMatch} href={hrefOf(path, unfiltered)} next={text.clear}>
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
