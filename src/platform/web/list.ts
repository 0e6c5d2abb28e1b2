import type { ComponentChildren, VNode } from 'preact'
import type { List, ListKind } from '../list/define-list.ts'
import type { TimeStyle } from '../time/format.ts'
import type { Chip, Narrowing } from '../ui/list/list-filter.tsx'
import type { Column } from '../ui/list/table.tsx'
import type { IconName } from '../ui/text/icon.tsx'
import type { Language, Phrase, Words } from '../words.ts'
import type { ReadList, ShownList } from './list-request.ts'
import type { Cell } from './download.ts'
import type { FormFields, notFound, Page, PageRequest, Redirect, View } from './page.ts'

/** What every list says; besides, the head of each column stands under the column's name. */
export interface ListWords {
  title: Phrase
  lead?: Phrase
  /** What the table is called for those who do not see it; unless told, as the title. */
  caption?: Phrase
  /** What the chips choose by; unless told, it is one facet, and has a word of its own. */
  chips?: Phrase
  /** That no row is as asked, where rows can be looked for. */
  noMatch?: Phrase
  /** Behind a number of rows; unless told, 件. */
  unit?: Phrase
  /** What is said to whoever has ticked rows, where ticks end with the page. */
  chosen?: Phrase
  /** How many rows are ticked, on all pages. */
  ticked?: Phrase<(n: string) => string>
  /** Ticks whatever is listed, on all pages. */
  tickAll?: Phrase<(n: string) => string>
}

/** What such a page has loaded: the list, and what else it shows. */
export interface ListData<K extends ListKind> {
  list: ShownList<K>
}

/**
 * A page about many things of a kind: where they come from, and how each looks. Search, chips, counts, sorting, pages and print
 * follow from the list; the file follows from the columns.
 */
export interface ListPage<
  C,
  Audience,
  W extends Words & ListWords,
  K extends ListKind,
  Data extends ListData<K>,
  F extends FormFields,
  Name extends string,
> extends Omit<Page<C, Audience, W, Data, F, undefined, Name>, 'load' | 'title' | 'view' | 'prepare'> {
  from: List<K> & ReadableBy<C>
  /** Reads the list, and what else is shown; unless told, the list of all there is. */
  load?: (
    ctx: C,
    asked: PageRequest<NoInfer<Name>>,
    read: ReadList<NoInfer<K>>,
  ) => Promise<Data | typeof notFound | Redirect>
  /** Unless told, the word `title`. */
  title?: (view: View<NoInfer<Data>, W>) => string
  /** Unless told, title and lead, with `actions`. */
  heading?: (view: View<NoInfer<Data>, W>) => ComponentChildren
  actions?: (view: View<NoInfer<Data>, W>) => ComponentChildren
  /** What stands there while the list has no rows at all. Null: it is shown as it is. */
  empty?: (view: View<NoInfer<Data>, W>) => VNode | null
  above?: (view: View<NoInfer<Data>, W>) => ComponentChildren
  below?: (view: View<NoInfer<Data>, W>) => ComponentChildren
  /** How the values of each facet are called. */
  chips?: { [Facet in keyof NoInfer<K>['facets']]: ChipLook<K['facets'][Facet], NoInfer<Data>> }
  /** What else rows are chosen by, each by one of several. */
  narrowings?: (view: View<NoInfer<Data>, W>) => readonly Narrowing[]
  moreChips?: (view: View<NoInfer<Data>, W>) => readonly Chip[]
  /** By their names, in their order. One that is named like a way to sort the list sorts it. */
  columns?: Partial<Record<PhraseIn<W>, ListColumn<NoInfer<K>['row'], RowView<NoInfer<Data>, W>>>>
  /** In place of a table: what is shown of each row. */
  each?: (row: NoInfer<K>['row'], view: RowView<NoInfer<Data>, W>) => VNode
  /** Rows can be ticked, to do something with them. */
  choose?: Selection<NoInfer<K>['row'], View<NoInfer<Data>, W>, F>
  /** Where the rows are to be had as a file, and beside it as a workbook: the page's own address with an ending, if that has names in it. It is made of the columns that say `csv`; if none does, it is a download of its own. */
  csv?: string
  /** By what else than keywords, chips and narrowings the rows are chosen, said for paper. */
  conditions?: (view: View<NoInfer<Data>, W>) => readonly string[]
  /** Whose rows they are, where they are not all of the customer's: stands in the file's name, and on paper. */
  whose?: (data: NoInfer<Data>, language: Language) => string
}

/** What is read with a context like this. */
interface ReadableBy<C> {
  read: (ctx: C, asked: never) => unknown
}

/** The words of one text, not of a function that makes one. */
type PhraseIn<W> = { [Name in keyof W]: W[Name] extends Phrase ? Name : never }[keyof W] & string

export interface ChipLook<Value extends string, Data> {
  labels: Record<Value, Phrase> | ((data: Data) => Record<Value, Phrase>)
  icons?: Partial<Record<Value, IconName>>
  /** Those that have no chip of their own. */
  hidden?: readonly Value[]
}

export interface ListColumn<Row, Shown> extends Omit<Column<Row>, 'label' | 'cell' | 'sort'> {
  /** Unless told, the word of the column's name. */
  label?: (view: Shown) => string
  /** Absent: the column stands in the file alone. */
  cell?: (row: Row, view: Shown) => ComponentChildren
  /** On paper, where the cell is a field; or where the file tells its parts in columns of their own. */
  paper?: (row: Row, view: Shown) => ComponentChildren
  /** Absent: the column does not stand in the file. */
  csv?: (row: Row, language: Language) => Cell
  /** In place of `csv`: a moment, for which the column's head in the file names the zone. */
  csvTime?: (row: Row) => Date | null
}

/** A page as its rows see it. */
export interface RowView<Data, W extends Words> extends View<Data, W> {
  language: Language
  /** As the reader's clock shows it. */
  time: (at: Date, style?: TimeStyle) => VNode
  /** Of the calendar, such as `2026-12-10`. */
  day: (on: string) => VNode
}

/**
 * Boxes in the rows. With `ticked`, ticks outlive the page: whatever leads to another part of the list posts the form first, which
 * says by `to` where to go on (see `postingTo`), and by `shown` which boxes there were.
 */
export interface Selection<Row, Shown, F> {
  /** Of the page's form; takes the ids that are ticked. */
  field: keyof F & string
  /** The form's id: the boxes stand outside of it. */
  formId: string
  id: (row: Row) => string
  /** The ids that were ticked, on whatever page of the list. */
  ticked?: (view: Shown) => readonly string[]
  label: (row: Row, view: Shown) => string
  buttons: (view: Shown) => ComponentChildren
}
