import type { ComponentChildren, VNode } from 'preact'
import type { ListKind } from '../list/define-list.ts'
import type { Choices } from '../list/facets.ts'
import type { RowKey } from '../list/paging.ts'
import { waysOf } from '../list/sorting.ts'
import { ErrorSummary } from '../ui/form/form.tsx'
import { PageHeading } from '../ui/layout/page-heading.tsx'
import { chipOfAll, chipsFor, countOf } from '../ui/list/chips.ts'
import { FilteredList } from '../ui/list/filtered-list.tsx'
import type { Chip } from '../ui/list/list-filter.tsx'
import { SelectAll, Tick, TickedBar } from '../ui/list/ticks.tsx'
import { sortLink } from '../ui/list/sort-link.ts'
import { type Column, Table } from '../ui/list/table.tsx'
import type { Words } from '../words.ts'
import type { ChipLook, ListColumn, ListData, ListPage, ListWords, RowView } from './list.ts'
import type { FormFields, View } from './page.ts'
import { papersOf, workbookPath } from './download.ts'
import { patternOf } from './paths.ts'
import { rowViewOf, wordIn } from './row-view.tsx'

/** The types of one page of a list, under one name. */
export interface ListPageKind {
  context: unknown
  words: Words & ListWords
  list: ListKind
  data: ListData<ListKind>
  fields: FormFields
  /** In the path. */
  name: string
}

/** A page of a list, and what it is looked at with. */
export interface Drawing<K extends ListPageKind> {
  page: ListPage<K['context'], unknown, K['words'], K['list'], K['data'], K['fields'], K['name']>
  view: View<K['data'], K['words']>
}

/** Draws the page of a list. */
export function drawList<K extends ListPageKind>(drawing: Drawing<K>): VNode {
  const { page, view } = drawing
  const { choose, empty, above, below } = page
  const { list } = view.data
  const nothing = list.all === 0 ? empty?.(view) : undefined
  return (
    <>
      <ErrorSummary form={view.form} language={view.reader.language} />
      {headingOf(drawing)}
      {nothing ?? (
        <>
          {above?.(view)}
          {rowsOf(drawing)}
          {choose && chosenOf(drawing, choose)}
          {below?.(view)}
        </>
      )}
    </>
  )
}

function headingOf<K extends ListPageKind>({ page, view }: Drawing<K>): ComponentChildren {
  const { heading, actions, words } = page
  const { language } = view.reader
  if (heading) return heading(view)
  return <PageHeading heading={words.title[language]} lead={words.lead?.[language]} actions={actions?.(view)} />
}

function rowsOf<K extends ListPageKind>(drawing: Drawing<K>): VNode {
  const { page, view } = drawing
  const { words, from, csv, each, choose } = page
  const { list } = view.data
  const { language } = view.reader
  const rowView = rowViewOf(view)
  const csvPath = csv?.replace(patternOf(page.path), list.path)
  return (
    <FilteredList
      language={language}
      list={list}
      place={list.asked.place}
      filter={
        from.isSearched
          ? { keyword: list.keyword, ...chipsOf(drawing), narrowings: page.narrowings?.(view) }
          : undefined
      }
      unit={words.unit?.[language]}
      posts={posted(choose)}
      noMatch={words.noMatch?.[language] ?? ''}
      csvPath={csvPath}
      workbookPath={csvPath && workbookPath(csvPath)}
      printPath={papersOf(page)[0]?.replace(patternOf(page.path), list.path)}
    >
      {each ? (
        list.rows.map(({ row }) => each(row, rowView))
      ) : (
        <Table
          caption={(words.caption ?? words.title)[language]}
          rows={list.rows}
          rowKey={({ key }) => key.join(' ')}
          columns={[...boxesOf(drawing), ...columnsOf(drawing, rowView)]}
        />
      )}
    </FilteredList>
  )
}

/** Each facet is counted within what is chosen of the others. */
function chipsOf<K extends ListPageKind>({
  page,
  view,
}: Drawing<K>): { chips: Chip[]; chipsLabel: string } | undefined {
  const { words, moreChips } = page
  // The type of `chips` has the facets of the list.
  const looks: Readonly<Record<string, ChipLook<string, K['data']>>> = page.chips ?? {}
  const { data, reader } = view
  const { language } = reader
  const { choices, counts, query, asked } = data.list
  const [first] = choices
  if (!first) return undefined
  const chosen = choices.map(({ name }) => asked.chosen[name])
  const ofFacets = choices.flatMap((facet, at) => {
    const look = looks[facet.name]
    if (!look) throw new Error(`The values of ${facet.name} have no words`)
    const { labels, icons, hidden } = look
    return chipsFor(
      {
        ...facet,
        chosen: chosen[at],
        labels: typeof labels === 'function' ? labels(data) : labels,
        icons,
        hidden,
        count: (value) => countOf(counts, chosen.with(at, value)),
        isCut: data.list.cut !== undefined,
      },
      query,
      language,
    )
  })
  // All of them alone is no choice.
  if (ofFacets.length === 0 && choices.every(({ name }) => looks[name]?.hidden)) return undefined
  const all = chipOfAll(namesIn(choices), { query, count: countOf(counts, []), language })
  return {
    chips: [all, ...ofFacets, ...(moreChips?.(view) ?? [])],
    chipsLabel: words.chips?.[language] ?? wordIn(words, first.name, language),
  }
}

/** Under which the choices stand in a query. */
function namesIn(choices: readonly Choices[]): string[] {
  return choices.flatMap(({ values, inQuery }) => values.map((value) => inQuery(value)[0]))
}

export interface ListedRow<K extends ListPageKind> {
  row: K['list']['row']
  key: RowKey
}

function columnsOf<K extends ListPageKind>(
  { page, view }: Drawing<K>,
  rowView: RowView<K['data'], K['words']>,
): Column<ListedRow<K>>[] {
  const { words, from, choose } = page
  const { list } = view.data
  // Object.entries of what the page has given.
  const columns = Object.entries(page.columns ?? {}) as [
    string,
    ListColumn<K['list']['row'], RowView<K['data'], K['words']>>,
  ][]
  const ways = waysOf(from.sortedBy)
  // With one way alone there is nothing to choose.
  const isSorting = (name: string): boolean => ways.length > 1 && ways.includes(name)
  return columns.flatMap(([name, { label, cell, csv: _csv, csvTime: _time, paper: _paper, ...look }]) => {
    if (!cell) return []
    const sort = isSorting(name) && sortLink({ ...list, ...list.asked, ...from }, name)
    const head = label ? label(rowView) : wordIn(words, name, view.reader.language)
    return [
      {
        ...look,
        label: head,
        cell: ({ row }: ListedRow<K>) => cell(row, rowView),
        ...(sort && { sort: { ...sort, posts: posted(choose) } }),
      },
    ]
  })
}

function boxesOf<K extends ListPageKind>({ page: { choose }, view }: Drawing<K>): Column<ListedRow<K>>[] {
  if (!choose) return []
  const { formId, field: name, id, label } = choose
  const { language } = view.reader
  const ticked = new Set(tickedIn(view, choose))
  return [
    {
      label: name,
      phone: 'before',
      head: <SelectAll formId={formId} language={language} />,
      cell: ({ row }) => (
        <Tick formId={formId} name={name} value={id(row)} checked={ticked.has(id(row))} label={label(row, view)} />
      ),
    },
  ]
}

/** The form that is posted before another part of the list is shown. */
function posted(choose: { formId: string; ticked?: unknown } | undefined): string | undefined {
  return choose?.ticked === undefined ? undefined : choose.formId
}

/** What was ticked before, with what was ticked just now where the form comes back. */
function tickedIn<K extends ListPageKind>(
  view: Drawing<K>['view'],
  { field, ticked }: NonNullable<Drawing<K>['page']['choose']>,
): readonly string[] {
  return [...(ticked?.(view) ?? []), ...[view.form.values[field] ?? []].flat()]
}

/** What is done with the rows that are ticked: outside the table, because a form cannot hold those of the list itself. */
function chosenOf<K extends ListPageKind>(
  { page: { words }, view }: Drawing<K>,
  choose: NonNullable<Drawing<K>['page']['choose']>,
): VNode {
  const { list } = view.data
  const { language } = view.reader
  const { ticked, tickAll, chosen } = words
  const kept = choose.ticked && { total: list.total, tickAll: tickAll?.[language] }
  return (
    <TickedBar
      form={view.form}
      language={language}
      formId={choose.formId}
      name={choose.field}
      ticked={tickedIn(view, choose)}
      shown={list.rows.map(({ row }) => choose.id(row))}
      kept={kept}
      count={ticked?.[language]}
      note={chosen?.[language]}
    >
      {choose.buttons(view)}
    </TickedBar>
  )
}
