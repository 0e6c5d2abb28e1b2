import type { JSX } from 'preact'
import { longestKeyword } from '../../list/keywords.ts'
import { inLanguage, type Language } from '../../words.ts'
import { Icon, type IconName } from '../text/icon.tsx'
import { HiddenQuery, hrefOf, type ListQuery, numberIn, orMore, postingTo } from './list-query.tsx'

export interface Chip {
  label: string
  count: number
  icon?: IconName | undefined
  /** What choosing it makes of the query. */
  query: ListQuery
  isChosen: boolean
}

export interface FilterProps {
  language: Language
  /** Of the list, without a query. */
  path: string
  /** All of the query that must outlive a new keyword: order, size, chip. */
  query: ListQuery
  keyword: string
  chips?: readonly Chip[] | undefined
  /** Each of their counts means so many or more. */
  isCut?: boolean
  /** What the chips choose by: 「運用状況」. */
  chipsLabel?: string | undefined
  /** Id of a form with fields in the rows: it is posted, with the keyword, and leads on to the list. See `postingTo`. */
  posts?: string | undefined
}

const words = {
  filter: { ja: '一覧の絞り込み', en: 'Filter the list' },
  keyword: { ja: '絞り込みキーワード', en: 'Filter keywords' },
  hint: {
    ja: '（※全角または半角スペース区切りで複数条件の指定が可能です）',
    en: '(separate several keywords by spaces)',
  },
  placeholder: { ja: 'キーワードを入力してください', en: 'Enter keywords' },
  doFilter: { ja: '絞り込む', en: 'Filter' },
  by: { ja: (what: string) => `${what}で絞り込む`, en: (what: string) => `Filter by ${what.toLowerCase()}` },
}

/** The keyword and the chips: what of all rows is listed. */
export function ListFilter({
  language,
  path,
  query,
  keyword,
  chips,
  isCut = false,
  chipsLabel = '',
  posts,
}: FilterProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <div class="list-filter">
      <form role="search" aria-label={text.filter} action={path}>
        <p class="list-filter-label">
          <label for="keyword">{text.keyword}</label>
          <span class="hint" id="keyword-hint">
            {text.hint}
          </span>
        </p>
        <div class="list-filter-keyword">
          <input
            id="keyword"
            name="q"
            type="search"
            form={posts}
            value={keyword}
            maxLength={longestKeyword}
            placeholder={text.placeholder}
            aria-describedby="keyword-hint"
          />
          <HiddenQuery query={query} />
          <button type="submit" {...postingTo(posts)}>
            <Icon name="search" />
            <span class="visually-hidden">{text.doFilter}</span>
          </button>
        </div>
      </form>
      {chips && (
        <nav aria-label={text.by(chipsLabel)}>
          <ul class="chips">
            {chips.map(({ label, count, icon, query: chosen, isChosen }) => (
              <li key={label}>
                <a class="chip" href={hrefOf(path, chosen)} aria-current={isChosen ? 'true' : undefined}>
                  {icon && <Icon name={icon} />}
                  {label} {numberIn(language, count)}
                  {isCut && orMore[language]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
