import type { JSX } from 'preact'
import type { Place, RowKey } from '../../list/paging.ts'
import type { Language } from '../../words.ts'
import { FilteredList, type FilteredRows } from './filtered-list.tsx'
import type { Chip } from './list-filter.tsx'
import { type Column, Table } from './table.tsx'

export interface FilteredTableProps<Row> extends Pick<FilteredRows, 'path' | 'query' | 'isFiltered' | 'unfiltered'> {
  language: Language
  keyword: string
  chips?: readonly Chip[] | undefined
  chipsLabel?: string | undefined
  place: Place
  list: { rows: readonly { row: Row; key: RowKey }[]; total: number; all: number }
  caption: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  noMatch: string
  csvPath?: string | undefined
}

/** A list as a table. */
export function FilteredTable<Row>(props: FilteredTableProps<Row>): JSX.Element {
  const { language, keyword, chips, chipsLabel, place, noMatch, csvPath, list } = props
  return (
    <FilteredList
      language={language}
      list={{ ...props, ...list }}
      place={place}
      filter={{ keyword, chips, chipsLabel }}
      noMatch={noMatch}
      csvPath={csvPath}
      printable
    >
      <Table
        caption={props.caption}
        rows={list.rows.map(({ row }) => row)}
        rowKey={props.rowKey}
        columns={props.columns}
      />
    </FilteredList>
  )
}
