import type { ComponentChildren, VNode } from 'preact'
import { formatTime, zoneLabel } from '../time/format.ts'
import { hrefOf, numberIn, orMore } from '../ui/list/list-query.tsx'
import { type Column, headCell } from '../ui/list/table.tsx'
import { ButtonLink, ButtonRow } from '../ui/form/button.tsx'
import { Facts } from '../ui/layout/facts.tsx'
import { PageHeading } from '../ui/layout/page-heading.tsx'
import { inLanguage, type Words } from '../words.ts'
import { nameOfRows } from './list-file.ts'
import type { ChipLook, ListColumn, RowView } from './list.ts'
import type { Drawing, ListedRow, ListPageKind } from './list-view.tsx'
import { rowViewOf, wordIn } from './row-view.tsx'

/** On paper no year goes without saying. */
const longAgo = new Date(0)

/** Rows of one print at most. */
export const mostOnPaper = 5000

const words = {
  print: { ja: '印刷する', en: 'Print' },
  back: { ja: '一覧に戻る', en: 'Back to the list' },
  how: {
    ja: '印刷の画面が開かないときは、ブラウザの印刷機能（Ctrl+PまたはCmd+P）をお使いください。メニューなどは印刷されません。',
    en: 'If no print dialog opens, print with your browser (Ctrl+P or Cmd+P). Menus are left out.',
  },
  company: { ja: '会社名', en: 'Company' },
  madeAt: { ja: '出力日時', en: 'As of' },
  madeBy: { ja: '出力した人', en: 'Printed by' },
  conditions: { ja: '条件', en: 'Conditions' },
  none: { ja: 'なし（すべて）', en: 'None (all)' },
  keyword: { ja: '絞り込みキーワード', en: 'Keywords' },
  is: {
    ja: (what: string, value: string) => `${what}：${value}`,
    en: (what: string, value: string) => `${what}: ${value}`,
  },
  between: { ja: '、', en: '; ' },
  count: { ja: '件数', en: 'Rows' },
  pieces: { ja: '件', en: '' },
  tooMany: {
    ja: (most: string) => `先頭の${most}件です。すべては、CSVまたはExcel形式のファイルにあります。`,
    en: (most: string) => `the first ${most} of them. All are in the CSV or Excel file.`,
  },
} satisfies Words

export interface Printed {
  company: string
  person: string
}

/** Draws a list as it is printed: what it says of itself, and the table, whose rows stand in place of `rows`. */
export function drawPaper<K extends ListPageKind>(
  drawing: Drawing<K>,
  { printed, rows }: { printed: Printed; rows: ComponentChildren },
): VNode {
  const { page, view } = drawing
  const { language } = view.reader
  const text = inLanguage(words, language)
  const { list } = view.data
  const heading = nameOfRows(page, view.data, language)
  const facts = factsOf(drawing, printed)
  const columns = paperColumns(drawing)
  return (
    <>
      <PageHeading heading={heading} />
      <div class="no-print">
        <p>{text.how}</p>
        <ButtonRow>
          {/* The script presses it by itself, once. */}
          <button class="button button-primary" type="button" data-print="now">
            {text.print}
          </button>
          <ButtonLink kind="secondary" href={hrefOf(list.path, list.query)}>
            {text.back}
          </ButtonLink>
        </ButtonRow>
      </div>
      <Facts facts={facts} />
      <div class="table-frame">
        <table class="table paper" role="table">
          <caption class="visually-hidden">{(page.words.caption ?? page.words.title)[language]}</caption>
          <thead role="rowgroup">
            {/* On each sheet: which list it belongs to. */}
            <tr class="paper-line" aria-hidden="true">
              <td colSpan={columns.length}>{[heading, ...facts.slice(0, 3).map(({ value }) => value)].join('｜')}</td>
            </tr>
            <tr role="row">{columns.map((column) => headCell(column))}</tr>
          </thead>
          <tbody role="rowgroup">{rows}</tbody>
        </table>
      </div>
    </>
  )
}

function factsOf<K extends ListPageKind>(
  drawing: Drawing<K>,
  { company, person }: Printed,
): { term: string; value: string }[] {
  const { page, view } = drawing
  const { language, timeZone: zone, now } = view.reader
  const { total, cut } = view.data.list
  const text = inLanguage(words, language)
  const unit = page.words.unit?.[language] ?? text.pieces
  const count = `${numberIn(language, total)}${unit}${cut ? orMore[language] : ''}`
  const isCut = cut !== undefined ? !cut.isLastPage : total > mostOnPaper
  const conditions = conditionsOf(drawing)
  return [
    { term: text.company, value: company },
    {
      term: text.madeAt,
      value: `${formatTime(now, 'date-time', { zone, language, now: longAgo })} ${zoneLabel(zone, language, now)}`,
    },
    { term: text.madeBy, value: person },
    { term: text.conditions, value: conditions.join(text.between) || text.none },
    {
      term: text.count,
      value: isCut
        ? `${count}${language === 'ja' ? 'のうち、' : ', '}${text.tooMany(numberIn(language, mostOnPaper))}`
        : count,
    },
  ]
}

/** By what the rows are chosen. */
function conditionsOf<K extends ListPageKind>({ page, view }: Drawing<K>): string[] {
  const { language } = view.reader
  const text = inLanguage(words, language)
  const { keyword, choices, asked } = view.data.list
  // The type of `chips` has the facets of the list.
  const looks: Readonly<Record<string, ChipLook<string, K['data']>>> = page.chips ?? {}
  const chosen = choices.flatMap(({ name }) => {
    const value = asked.chosen[name]
    const look = looks[name]
    if (value === undefined || !look) return []
    const labels = typeof look.labels === 'function' ? look.labels(view.data) : look.labels
    const what =
      typeof page.words[name]?.[language] === 'string'
        ? wordIn(page.words, name, language)
        : page.words.chips?.[language]
    const said = labels[value]?.[language] ?? value
    return [what === undefined ? said : text.is(what, said)]
  })
  const narrowed = (page.narrowings?.(view) ?? []).flatMap(({ label, chosen: value, options }) => {
    const option = options.find((each) => each.value === value)
    return option ? [text.is(label, option.label)] : []
  })
  const others = (page.moreChips?.(view) ?? []).flatMap(({ isChosen, label }) => (isChosen ? [label] : []))
  return [
    ...(page.conditions?.(view) ?? []),
    ...(keyword === '' ? [] : [text.is(text.keyword, keyword)]),
    ...chosen,
    ...narrowed,
    ...others,
  ]
}

/** What stands in the list and in its file; where the file is made of its own, all that stands in the list. */
export function paperColumns<K extends ListPageKind>({ page, view }: Drawing<K>): Column<ListedRow<K>>[] {
  const rowView = rowViewOf(view, longAgo)
  // Object.entries of what the page has given.
  const columns = Object.entries(page.columns ?? {}) as [
    string,
    ListColumn<K['list']['row'], RowView<K['data'], K['words']>>,
  ][]
  const isTold = columns.some(([, { csv, csvTime }]) => csv ?? csvTime)
  return columns.flatMap(([name, { label, cell: shown, csv, csvTime, paper, ...look }]) => {
    const cell = paper ?? shown
    if (!cell || (isTold && !csv && !csvTime && !paper)) return []
    const head = label ? label(rowView) : wordIn(page.words, name, view.reader.language)
    return [{ ...look, label: head, cell: ({ row }: ListedRow<K>) => cell(row, rowView) }]
  })
}
