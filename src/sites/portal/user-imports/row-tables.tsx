import type { JSX } from 'preact'
import {
  type AddedRow,
  type ChangedRow,
  changesOf,
  type Plan,
  type RowFault,
  type UserImport,
} from '#features/user-imports/plan.ts'
import { type WrittenFields, writtenFields } from '#features/users/many.ts'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import type { Reader } from '#platform/web/page.ts'
import { InPages } from '#sites/frame/imports/in-pages.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { MailBelow, Person } from '../users/person.tsx'
import { columnLabels, languageCells, receiveCells, roleCells } from '../users/user-columns.ts'
import { groupWord } from '../users/words.ts'
import { rowProblems } from './import-words.ts'

const words = {
  faults: { ja: '直すところ', en: 'To be corrected' },
  changes: { ja: '登録する内容', en: 'What will be done' },
  groups: { ja: 'ユーザーグループで変わる権限', en: 'Rights by user groups' },
  group: { ja: 'ユーザーグループ', en: 'User group' },
  joins: { ja: '加わる方', en: 'Join' },
  leaves: { ja: '外れる方', en: 'Leave' },
  row: { ja: '行', en: 'Row' },
  rowOf: { ja: (row: number) => `${row}行目`, en: (row: number) => `Row ${row}` },
  all: { ja: '全体', en: 'All' },
  item: { ja: '項目', en: 'Column' },
  cell: { ja: '入力された値', en: 'What stands there' },
  why: { ja: '直し方', en: 'What to do' },
  wholeRow: { ja: '行全体', en: 'The row' },
  user: { ja: 'ユーザー', en: 'User' },
  deed: { ja: '操作', en: 'Deed' },
  added: { ja: '追加', en: 'Add' },
  changed: { ja: '変更', en: 'Change' },
  what: { ja: '内容', en: 'What' },
  joined: { ja: (group: string) => `グループに加わる：${group}`, en: (group: string) => `Joins: ${group}` },
  left: { ja: (group: string) => `グループから外れる：${group}`, en: (group: string) => `Leaves: ${group}` },
  none: { ja: '（なし）', en: '(none)' },
  toConfirm: { ja: '（本人が確認してから）', en: ' (once it is confirmed)' },
  people: { ja: (n: number) => `${n}名`, en: (n: number) => String(n) },
}

interface Shown {
  data: { found: UserImport; page: string | undefined }
  reader: Reader
}

const pagesOf = ({ data: { found, page }, reader: { language } }: Shown) => ({
  path: paths.triedImport({ id: found.id }),
  page,
  language,
})

/** Every faulty cell: where it stands, what stands there, and how it is mended. */
export function FaultTable({ faults, ...shown }: Shown & { faults: readonly RowFault[] }): JSX.Element {
  const { language } = shown.reader
  const text = inLanguage(words, language)
  const columns: Column<RowFault>[] = [
    {
      label: text.row,
      header: true,
      number: true,
      phone: 'before',
      cell: ({ row }) => (row === 0 ? text.all : text.rowOf(row)),
    },
    { label: text.item, cell: ({ field }) => (field ? columnLabels[field][language] : text.wholeRow) },
    {
      label: text.cell,
      long: true,
      cell: ({ value }) => <mark>{value === undefined || value === '' ? text.none : value}</mark>,
    },
    {
      label: text.why,
      long: true,
      phone: 'below',
      cell: ({ problem, text: told }) => told ?? rowProblems[problem][language],
    },
  ]
  return (
    <InPages all={faults} {...pagesOf(shown)}>
      {(part) => (
        <Table
          caption={text.faults}
          columns={columns}
          rows={part}
          rowKey={({ row, field, value }) => `${row} ${field} ${value}`}
        />
      )}
    </InPages>
  )
}

/** What each row does that does something. */
export function ChangeTable({ plan, ...shown }: Shown & { plan: Plan }): JSX.Element {
  const { language } = shown.reader
  const text = inLanguage(words, language)
  const columns: Column<AddedRow | ChangedRow>[] = [
    { label: text.row, number: true, phone: 'before', cell: ({ row }) => row },
    {
      label: text.user,
      header: true,
      long: true,
      cell: (row) =>
        row.kind === 'added' ? (
          <>
            {row.fields.name}
            <MailBelow mail={row.mail} />
          </>
        ) : (
          <Person {...row} />
        ),
    },
    { label: text.deed, cell: ({ kind }) => text[kind] },
    {
      label: text.what,
      long: true,
      phone: 'below',
      cell: (row) => <Deeds row={row} plan={plan} language={language} />,
    },
  ]
  return (
    <InPages all={changesOf(plan)} {...pagesOf(shown)}>
      {(part) => <Table caption={text.changes} columns={columns} rows={part} rowKey={({ row }) => String(row)} />}
    </InPages>
  )
}

function Deeds({ row, plan, language }: { row: AddedRow | ChangedRow; plan: Plan; language: Language }) {
  const text = inLanguage(words, language)
  const nameOf = (id: string): string => {
    const group = plan.groups.find((each) => each.id === id)
    return group ? groupWord(group, language) : ''
  }
  const said = (field: keyof WrittenFields, values: Partial<WrittenFields>): string =>
    cellOf(field, values[field], language) || text.none
  const fields =
    row.kind === 'added'
      ? [`${columnLabels.role[language]}: ${said('role', row.fields)}`]
      : writtenFields
          .filter((field) => row.fields[field] !== undefined)
          .map((field) => `${columnLabels[field][language]}: ${said(field, row.before)} → ${said(field, row.fields)}`)
  const mail =
    row.kind === 'changed' && row.newMail
      ? [`${columnLabels.mail[language]}: ${row.mail} → ${row.newMail}${text.toConfirm}`]
      : []
  const lines = [
    ...fields,
    ...mail,
    ...row.joined.map((id) => text.joined(nameOf(id))),
    ...row.left.map((id) => text.left(nameOf(id))),
  ]
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** As the file has it. */
function cellOf(field: keyof WrittenFields, value: string | boolean | undefined, language: Language): string {
  const cells: Partial<Record<keyof WrittenFields, Readonly<Record<string, Phrase>>>> = {
    role: roleCells,
    mailLanguage: languageCells,
    mobileThresholdMail: receiveCells,
  }
  return cells[field]?.[String(value)]?.[language] ?? String(value ?? '')
}

/** How many join and leave each group, with the way to what it allows. */
export function GroupTable({ plan, reader: { language } }: Pick<Shown, 'reader'> & { plan: Plan }): JSX.Element {
  const text = inLanguage(words, language)
  const changes = changesOf(plan)
  const count = (which: 'joined' | 'left', id: string): string =>
    text.people(changes.filter((row) => row[which].includes(id)).length)
  return (
    <Table
      caption={text.groups}
      rowKey={({ id }) => id}
      rows={plan.groups}
      columns={[
        {
          label: text.group,
          header: true,
          long: true,
          cell: (group) => <a href={paths.userGroup({ id: group.id })}>{groupWord(group, language)}</a>,
        },
        { label: text.joins, number: true, phone: 'labelled', cell: ({ id }) => count('joined', id) },
        { label: text.leaves, number: true, phone: 'labelled', cell: ({ id }) => count('left', id) },
      ]}
    />
  )
}
