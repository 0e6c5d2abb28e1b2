import type { JSX } from 'preact'
import { keyText, pageSizes, pagesOf, type Place, type RowKey } from '../../list/paging.ts'
import { inLanguage, type Language } from '../../words.ts'
import { Button } from '../form/button.tsx'
import { Icon } from '../text/icon.tsx'
import type { CutCounts } from '../../list/short-list.ts'
import { HiddenQuery, hrefOf, type ListQuery, numberIn, orMore, postingTo } from './list-query.tsx'

const words = {
  total: { ja: '合計', en: 'Total' },
  pieces: { ja: '件', en: '' },
  ofAll: { ja: (all: string) => `（全${all}中）`, en: (all: string) => ` (of ${all})` },
  size: { ja: '表示件数', en: 'Rows per page' },
  rows: { ja: (n: number) => `${n}件`, en: (n: number) => `${n} rows` },
  change: { ja: '変更する', en: 'Change' },
  pages: { ja: 'ページ送り', en: 'Pages' },
  page: { ja: 'ページ ', en: 'Page ' },
  first: { ja: '最初のページ', en: 'First page' },
  previous: { ja: '前のページ', en: 'Previous page' },
  next: { ja: '次のページ', en: 'Next page' },
  last: { ja: '最後のページ', en: 'Last page' },
  csv: { ja: 'CSVをダウンロードする', en: 'Download as CSV' },
  workbook: { ja: 'Excel形式', en: 'Excel' },
  take: { ja: 'でダウンロードする', en: ' file: download' },
  print: { ja: '印刷する', en: 'Print' },
}

export interface ListToolsProps {
  language: Language
  path: string
  /** All of the query but the place. */
  query: ListQuery
  place: Place
  /** The rows listed, over all pages. */
  total: number
  /** The rows there would be without a filter, when there is one. */
  all?: number | undefined
  cut?: CutCounts | undefined
  /** Behind a number of rows; unless told, 件. */
  unit?: string | undefined
  /** The keys of the first and the last row of this page. */
  edges?: { first: RowKey; last: RowKey } | undefined
  /** Offered as CSV at this path, with the same query. */
  csvPath?: string | undefined
  /** And as a workbook, at this one. */
  workbookPath?: string | undefined
  /** All rows on paper, at this path, with the same query. */
  printPath?: string | undefined
  /** As that of the filter. */
  posts?: string | undefined
}

/** How many there are, how many are shown, the way to the others, and the way out: the same on every list. */
export function ListTools(props: ListToolsProps): JSX.Element {
  const { language, path, query, place, total, all, cut, csvPath, workbookPath, printPath, posts } = props
  const text = inLanguage(words, language)
  const unit = props.unit ?? text.pieces
  const piecesOf = (isCut: boolean): string => unit + (isCut ? orMore[language] : '')
  return (
    <div class="list-tools">
      <p class="list-total" role="status">
        {text.total} <b>{numberIn(language, total)}</b> {piecesOf(cut !== undefined)}
        {all !== undefined && text.ofAll(numberIn(language, all) + piecesOf(cut !== undefined && !cut.isAllExact))}
      </p>
      <form action={path} data-send-on-change="">
        <HiddenQuery query={{ ...query, size: undefined }} />
        <label>
          {text.size}{' '}
          <span class="select">
            <select class="input" name="size" form={posts}>
              {pageSizes.map((size) => (
                <option value={size} selected={size === place.size} key={size}>
                  {text.rows(size)}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        </label>
        <Button kind="secondary" small {...postingTo(posts)}>
          {text.change}
        </Button>
      </form>
      <Pager {...props} />
      <div class="list-ways-out">
        {csvPath !== undefined && total > 0 && (
          <a class="link-with-icon" href={hrefOf(csvPath, query)}>
            <Icon name="download" />
            {text.csv}
          </a>
        )}
        {workbookPath !== undefined && total > 0 && (
          <a class="link-with-icon" href={hrefOf(workbookPath, query)}>
            {text.workbook}
            <span class="visually-hidden">{text.take}</span>
          </a>
        )}
        {printPath !== undefined && total > 0 && (
          <a class="link-with-icon" href={hrefOf(printPath, query)}>
            <Icon name="print" />
            {text.print}
          </a>
        )}
      </div>
    </div>
  )
}

/** « ‹ 3 / 12 › »: from edge to edge, so that the last page of a long list is as quick as the first. */
function Pager({ language, path, query, place, total, cut, edges, posts }: ListToolsProps): JSX.Element | null {
  const pages = pagesOf(total, place)
  if (!edges || (cut ? cut.isLastPage && place.page === 1 : pages === 1)) return null
  const text = inLanguage(words, language)
  const page = cut ? place.page : place.from === 'end' ? pages : Math.min(place.page, pages)
  const at = (where: ListQuery): string => hrefOf(path, { ...query, size: String(place.size), ...where })
  const isFirst = page === 1
  const isLast = cut ? cut.isLastPage : page === pages
  return (
    <nav class="pager" aria-label={text.pages}>
      <Step posts={posts} label={text.first} sign="«" href={isFirst ? undefined : at({})} />
      <Step
        posts={posts}
        label={text.previous}
        sign="‹"
        href={isFirst ? undefined : at(page === 2 ? {} : { page: String(page - 1), before: keyText(edges.first) })}
      />
      <span aria-current="page">
        <span class="visually-hidden">{text.page}</span>
        {numberIn(language, page)}
        {!cut && <span class="pager-pages"> / {numberIn(language, pages)}</span>}
      </span>
      <Step
        posts={posts}
        label={text.next}
        sign="›"
        href={isLast ? undefined : at({ page: String(page + 1), after: keyText(edges.last) })}
      />
      <Step
        posts={posts}
        label={text.last}
        sign="»"
        href={isLast || cut ? undefined : at({ page: String(pages), end: 'true' })}
      />
    </nav>
  )
}

interface StepProps {
  label: string
  sign: string
  href: string | undefined
  posts: string | undefined
}

function Step({ label, sign, href, posts }: StepProps): JSX.Element {
  if (href === undefined)
    return (
      <span class="pager-off" aria-hidden="true">
        {sign}
      </span>
    )
  const name = (
    <>
      <span aria-hidden="true">{sign}</span>
      <span class="visually-hidden">{label}</span>
    </>
  )
  if (posts === undefined) return <a href={href}>{name}</a>
  return (
    <button type="submit" {...postingTo(posts, href)}>
      {name}
    </button>
  )
}
