import type { JSX } from 'preact'
import {
  changesOf,
  type LineImport,
  type LineImportPlan,
  type PlanRow,
  type RowFault,
  type RowRemark,
} from '#features/line-imports/plan.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { InPages } from '#sites/frame/imports/in-pages.tsx'
import { toldChanges } from '../line-changes/row-words.ts'
import { paths } from '../paths.ts'
import { rowProblems } from './import-words.ts'
import { importColumns } from './read-rows.ts'

const words = {
  faults: { ja: '直すところ', en: 'To be corrected' },
  changes: { ja: '適用する内容', en: 'What will be done' },
  remarks: { ja: 'お知らせ', en: 'Worth knowing' },
  row: { ja: '行', en: 'Row' },
  rowOf: { ja: (row: number) => `${row}行目`, en: (row: number) => `Row ${row}` },
  all: { ja: '全体', en: 'All' },
  item: { ja: '項目', en: 'Column' },
  cell: { ja: '入力された値', en: 'What stands there' },
  why: { ja: '直し方', en: 'What to do' },
  said: { ja: '内容', en: 'What' },
  wholeRow: { ja: '行全体', en: 'The row' },
  about: { ja: '対象', en: 'About' },
  deed: { ja: '操作', en: 'Deed' },
  added: { ja: '追加', en: 'Add' },
  changed: { ja: '変更', en: 'Change' },
  unchanged: { ja: '変更なし', en: 'Unchanged' },
  'left-alone': { ja: '「追加のみ」のため変更なし', en: 'Left alone (“Add only”)' },
  none: { ja: '（なし）', en: '(none)' },
  rows: { ja: (n: number) => `${n}行`, en: (n: number) => String(n) },
  'zero-restored': {
    ja: '先頭の「0」が失われていたため、補いました。',
    en: 'Its leading zero was lost, and was put back.',
  },
  'not-read': {
    ja: 'この列は読み取りません。変更されません。',
    en: 'This column is not read. Nothing is changed by it.',
  },
}

export interface ShownImport {
  contract: string
  found: LineImport
  page: string | undefined
  reader: Reader
}

const pagesOf = ({ contract, found, page, reader: { language } }: ShownImport) => ({
  path: paths.lineImport({ contract, id: found.id }),
  page,
  language,
})

/** What a file would do, in figures. */
export function PlanCounts({ plan, language }: { plan: LineImportPlan; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const count = (kind: PlanRow['kind']): string => text.rows(plan.rows.filter((row) => row.kind === kind).length)
  const kinds = [
    'added',
    'changed',
    'unchanged',
    ...(plan.mode === 'add-only' ? (['left-alone'] as const) : []),
  ] as const
  return <Facts inline facts={kinds.map((kind) => ({ term: text[kind], value: count(kind) }))} />
}

/** Every faulty cell: where it stands, what stands there, and how it is mended. */
export function FaultTable({ faults, ...shown }: ShownImport & { faults: readonly RowFault[] }): JSX.Element {
  const { language } = shown.reader
  const text = inLanguage(words, language)
  const columns: Column<RowFault>[] = [
    ...cellColumns<RowFault>(shown),
    {
      label: text.why,
      long: true,
      phone: 'below',
      cell: ({ problem, text: told }) => told ?? rowProblems[problem][language],
    },
  ]
  return (
    <InPages all={faults} {...pagesOf(shown)}>
      {(part) => <Table caption={text.faults} columns={columns} rows={part} rowKey={cellKey} />}
    </InPages>
  )
}

/** Cells of which there is something to say, though nothing is wrong with them. */
export function RemarkTable({ remarks, ...shown }: ShownImport & { remarks: readonly RowRemark[] }): JSX.Element {
  const text = inLanguage(words, shown.reader.language)
  const columns: Column<RowRemark>[] = [
    ...cellColumns<RowRemark>(shown),
    { label: text.said, long: true, phone: 'below', cell: ({ kind }) => text[kind] },
  ]
  return (
    <InPages all={remarks} {...pagesOf(shown)}>
      {(part) => <Table caption={text.remarks} columns={columns} rows={part} rowKey={cellKey} />}
    </InPages>
  )
}

interface Cell {
  row: number
  field?: string
  value?: string
}

const cellKey = ({ row, field, value }: Cell): string => `${row} ${field} ${value}`

function cellColumns<Of extends Cell>({ found, reader: { language } }: ShownImport): Column<Of>[] {
  const text = inLanguage(words, language)
  const labels: Readonly<Record<string, Phrase>> = importColumns[found.kind]
  return [
    {
      label: text.row,
      header: true,
      number: true,
      phone: 'before',
      cell: ({ row }) => (row === 0 ? text.all : text.rowOf(row)),
    },
    { label: text.item, cell: ({ field }) => (field && labels[field]?.[language]) ?? text.wholeRow },
    {
      label: text.cell,
      long: true,
      cell: ({ value }) => <mark>{value === undefined || value === '' ? text.none : value}</mark>,
    },
  ]
}

/** What each row does that does something. */
export function ChangeTable({ plan, ...shown }: ShownImport & { plan: LineImportPlan }): JSX.Element {
  const { language } = shown.reader
  const text = inLanguage(words, language)
  const columns: Column<PlanRow>[] = [
    { label: text.row, number: true, phone: 'before', cell: ({ row }) => row },
    { label: text.about, header: true, long: true, cell: ({ name }) => name },
    { label: text.deed, cell: ({ kind }) => text[kind] },
    { label: text.said, long: true, phone: 'below', cell: (row) => <Deeds row={row} reader={shown.reader} /> },
  ]
  return (
    <InPages all={changesOf(plan)} {...pagesOf(shown)}>
      {(part) => <Table caption={text.changes} columns={columns} rows={part} rowKey={({ row }) => String(row)} />}
    </InPages>
  )
}

function Deeds({ row: { changes }, reader }: { row: PlanRow; reader: Reader }) {
  const lines = toldChanges(changes, reader).map(({ about, field, before, after }, _at, all) => {
    // What the row itself is about is told beside.
    const of = about === all[0]?.about && changes[0]?.relation !== 'call_group_member' ? field : `${about} ${field}`
    // That it is added is told beside.
    if (before === '-') return about === all[0]?.about ? after : `${about}: ${after}`
    return after === '-' ? of : `${of}: ${before} → ${after}`
  })
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
