import type { JSX } from 'preact'
import type { ImportRun } from '#features/import-runs/find.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { kindWords } from './run-words.ts'

const words = {
  counts: { ja: '件数', en: 'Counts' },
  kind: { ja: '種類', en: 'Kind' },
  created: { ja: '追加', en: 'Made' },
  changed: { ja: '変更', en: 'Changed' },
  unchanged: { ja: '変更なし', en: 'Unchanged' },
  differences: { ja: '1件ずつの違い', en: 'What differs, one by one' },
  customer: { ja: 'お客様', en: 'Customer' },
  name: { ja: '番号・名前', en: 'Number or name' },
  what: { ja: '内容', en: 'What' },
  made: { ja: '追加', en: 'Made' },
  nothing: { ja: 'なし', en: 'none' },
  unnamed: { ja: 'ファイルにないもの', en: 'Not in the file' },
  unnamedLead: {
    ja: 'ポータルにあり、ファイルにないものです。削除されません。',
    en: 'The portal has these and the file does not name them. Nothing of it is deleted.',
  },
  first: {
    ja: (shown: string, all: string) => `${all}件のうち、はじめの${shown}件を表示しています。`,
    en: (shown: string, all: string) => `The first ${shown} of ${all}.`,
  },
  all: { ja: 'もっと表示する', en: 'Show more' },
  rest: {
    ja: 'ここに表示しきれない分は、コマンドラインの「import --dry-run --list-all」で確認できます。',
    en: '“import --dry-run --list-all” on the command line tells the rest.',
  },
}

/** Rows that are shown of each kind at first. */
const firstFew = 50

interface TablesProps {
  run: ImportRun
  /** The kind of which all that is kept is shown. */
  all: string | undefined
  language: Language
}

/** What a file makes and changes, each with its fields, and what only we have. */
export function RunResultTables({ run, all, language }: TablesProps): JSX.Element | null {
  const { counts, unnamed } = run
  const text = inLanguage(words, language)
  if (counts.length === 0) return null
  const number = (n: number): string => numberIn(language, n)
  return (
    <>
      <Section heading={text.counts}>
        <Table
          caption={text.counts}
          columns={[
            { label: text.kind, header: true, cell: ({ kind }) => kindWords[kind][language] },
            { label: text.created, number: true, phone: 'labelled', cell: ({ created }) => number(created) },
            { label: text.changed, number: true, phone: 'labelled', cell: ({ changed }) => number(changed) },
            { label: text.unchanged, number: true, phone: 'labelled', cell: ({ unchanged }) => number(unchanged) },
          ]}
          rows={counts}
          rowKey={({ kind }) => kind}
        />
      </Section>
      {counts
        .filter(({ created, changed }) => created + changed > 0)
        .map((count) => (
          <Differences key={count.kind} run={run} count={count} isWhole={all === count.kind} language={language} />
        ))}
      {unnamed.length > 0 && (
        <Section heading={text.unnamed}>
          <p class="small-text">{text.unnamedLead}</p>
          <Table
            caption={text.unnamed}
            columns={[
              { label: text.kind, header: true, cell: ({ kind }) => kindWords[kind][language] },
              { label: text.customer, phone: 'labelled', cell: ({ customer }) => customer ?? '–' },
              {
                label: text.name,
                long: true,
                phone: 'below',
                cell: ({ names }) => names.join(language === 'ja' ? '、' : ', '),
              },
            ]}
            rows={unnamed}
            rowKey={({ kind, customer = '' }) => `${kind} ${customer}`}
          />
        </Section>
      )}
    </>
  )
}

interface DifferencesProps {
  run: ImportRun
  count: ImportRun['counts'][number]
  isWhole: boolean
  language: Language
}

function Differences({ run, count, isWhole, language }: DifferencesProps) {
  const text = inLanguage(words, language)
  const kept = rowsOf(run, count.kind)
  const rows = isWhole ? kept : kept.slice(0, firstFew)
  const total = count.created + count.changed
  return (
    <Section heading={`${kindWords[count.kind][language]}：${text.differences}`} small>
      {rows.length < total && (
        <p class="small-text">
          {text.first(numberIn(language, rows.length), numberIn(language, total))}{' '}
          {rows.length < kept.length ? (
            <a href={hrefOf(paths.import({ id: run.id }), { all: count.kind })}>{text.all}</a>
          ) : (
            text.rest
          )}
        </p>
      )}
      <Table
        caption={text.differences}
        columns={[
          { label: text.name, header: true, long: true, cell: ({ name }) => name },
          { label: text.customer, phone: 'labelled', cell: ({ customer }) => customer },
          {
            label: text.what,
            long: true,
            phone: 'below',
            cell: ({ differences }) =>
              differences === undefined ? (
                text.made
              ) : (
                <ul>
                  {differences.map(({ field, from, to }) => (
                    <li key={field}>
                      <code>{field}</code> <del>{from ?? text.nothing}</del>
                      {' → '}
                      <ins>{to ?? text.nothing}</ins>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Section>
  )
}

interface Row {
  key: string
  name: string
  customer: string
  /** Absent: it is made. */
  differences?: ImportRun['changes'][number]['changed'][number]['differences']
}

/** What is changed first: that may be a slip. */
function rowsOf({ changes }: ImportRun, kind: Row['name']): Row[] {
  const ofKind = changes.filter((each) => each.kind === kind)
  const row = (customer: string, name: string, what: string): Row => ({
    key: `${customer} ${name} ${what}`,
    name,
    customer,
  })
  return [
    ...ofKind.flatMap(({ customer = '', changed }) =>
      changed.map(({ name, differences }) => ({ ...row(customer, name, 'changed'), differences })),
    ),
    ...ofKind.flatMap(({ customer = '', created }) => created.map((name) => row(customer, name, 'made'))),
  ]
}
