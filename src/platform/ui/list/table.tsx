import type { ComponentChildren, JSX } from 'preact'
import { classNames } from '../theme/class-names.ts'
import { Icon } from '../text/icon.tsx'
import { postingTo } from './list-query.tsx'

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
  /** In the head, in place of the label. */
  head?: ComponentChildren
}

export interface ColumnSort {
  /** Path of this list sorted by the column. */
  href: string
  /** How it is sorted by the column now. */
  now?: 'ascending' | 'descending' | undefined
  /** Id of a form that is posted first: see `postingTo`. */
  posts?: string | undefined
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
          <Rows columns={columns} rows={rows} rowKey={rowKey} />
        </tbody>
      </table>
    </div>
  )
}

/** Of the table's body. */
export function Rows<Row>({ columns, rows, rowKey }: Omit<TableProps<Row>, 'caption'>): JSX.Element {
  return (
    <>
      {rows.map((row) => (
        <tr role="row" key={rowKey(row)}>
          {columns.map((column) => bodyCell(column, row))}
        </tr>
      ))}
    </>
  )
}

export function headCell<Row>({ label, hideLabel, sort, head }: Column<Row>): JSX.Element {
  return (
    <th scope="col" role="columnheader" key={label} aria-sort={sort?.now}>
      {head ?? (sort ? <SortLink label={label} sort={sort} /> : <HeadLabel label={label} isHidden={hideLabel} />)}
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

function HeadLabel({ label, isHidden = false }: { label: string; isHidden: boolean | undefined }): JSX.Element {
  return isHidden ? <span class="visually-hidden">{label}</span> : <>{label}</>
}

function SortLink({ label, sort: { href, now, posts } }: { label: string; sort: ColumnSort }): JSX.Element {
  const content = (
    <>
      {label}
      {now && <Icon name={now === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
    </>
  )
  if (posts === undefined) return <a href={href}>{content}</a>
  return (
    <button type="submit" {...postingTo(posts, href)}>
      {content}
    </button>
  )
}
