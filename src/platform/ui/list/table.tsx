import type { ComponentChildren, JSX } from 'preact'
import { classNames } from '../theme/class-names.ts'
import { Icon } from '../text/icon.tsx'

export interface Column<Row> {
  label: string
  cell: (row: Row) => ComponentChildren
  /** This column names the row; exactly one does. */
  header?: boolean | undefined
  /** Where the cell stands when a phone shows the row on two lines: before or beside the name, on the second line (unless
   * told), there with the column's label, at the end of it, on a line of its own, or nowhere. */
  phone?: 'before' | 'beside' | 'labelled' | 'end' | 'below' | 'hidden' | undefined
  number?: boolean | undefined
  /** Long text, which may break anywhere. */
  long?: boolean | undefined
  /** The label is only for screen readers: the cells explain themselves. */
  hideLabel?: boolean | undefined
  sort?: ColumnSort | undefined
}

export interface ColumnSort {
  /** Path of this list sorted by the column. */
  href: string
  /** How it is sorted by the column now. */
  now?: 'ascending' | 'descending' | undefined
}

export interface TableProps<Row> {
  /** Read out, not seen: the heading above says the same to the eye. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Tells rows apart. */
  rowKey: (row: Row) => string
}

/** The roles are written out because browsers forget them where CSS turns a row into a block. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>): JSX.Element {
  return (
    <div class="table-frame">
      <table class="table" role="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">{columns.map((column) => headCell(column))}</tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={rowKey(row)}>
              {columns.map((column) => bodyCell(column, row))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function headCell<Row>({ label, hideLabel, sort }: Column<Row>): JSX.Element {
  return (
    <th scope="col" role="columnheader" key={label} aria-sort={sort?.now}>
      {sort ? <SortLink label={label} sort={sort} /> : hideLabel ? <span class="visually-hidden">{label}</span> : label}
    </th>
  )
}

function bodyCell<Row>(column: Column<Row>, row: Row): JSX.Element {
  const { label, cell, header, phone, number, long } = column
  const look = classNames(phone && `phone-${phone}`, number && 'number', long && 'cell-long') || undefined
  if (header) {
    return (
      <th scope="row" role="rowheader" class={look} key={label}>
        {cell(row)}
      </th>
    )
  }
  return (
    <td role="cell" class={look} key={label} data-label={phone === 'labelled' ? label : undefined}>
      {cell(row)}
    </td>
  )
}

function SortLink({ label, sort }: { label: string; sort: ColumnSort }): JSX.Element {
  return (
    <a href={sort.href}>
      {label}
      {sort.now && <Icon name={sort.now === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
    </a>
  )
}
