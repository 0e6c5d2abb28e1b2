import { Fragment, type JSX } from 'preact'
import { isPassedOver, longestKeyword } from '../../list/keywords.ts'
import { inLanguage, type Language } from '../../words.ts'
import { Button } from '../form/button.tsx'
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

/** Something else that rows are chosen by: one of several, or any. */
export interface Narrowing {
  /** In the query. */
  name: string
  label: string
  chosen: string | undefined
  options: readonly { value: string; label: string }[]
  /** Where there is more to choose from than is offered. */
  more?: { label: string; href: string } | undefined
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
  narrowings?: readonly Narrowing[] | undefined
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
  tooLong: {
    ja: (most: number) => `キーワードは${most}文字までです。${most + 1}文字目からは、検索に使っていません。`,
    en: (most: number) => `A keyword has up to ${most} characters. Those behind were passed over.`,
  },
  doFilter: { ja: '絞り込む', en: 'Filter' },
  any: { ja: (what: string) => `${what}：すべて`, en: (what: string) => `${what}: all` },
  by: { ja: (what: string) => `${what}で絞り込む`, en: (what: string) => `Filter by ${what.toLowerCase()}` },
}

/** The keyword, the chips and what else narrows the list: which of all rows are listed. */
export function ListFilter(props: FilterProps): JSX.Element {
  const { language, path, query, keyword, chips, chipsLabel = '', narrowings = [], posts } = props
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
            placeholder={text.placeholder}
            aria-describedby={isPassedOver(keyword) ? 'keyword-hint keyword-too-long' : 'keyword-hint'}
          />
          <HiddenQuery query={query} />
          <button type="submit" {...postingTo(posts)}>
            <Icon name="search" />
            <span class="visually-hidden">{text.doFilter}</span>
          </button>
        </div>
        <TooLongKeyword keyword={keyword} language={language} />
      </form>
      {chips && (
        <nav aria-label={text.by(chipsLabel)}>
          <ul class="chips">
            {chips.map((chip) => (
              <li key={chip.label}>
                <ChipLink chip={chip} {...props} />
              </li>
            ))}
          </ul>
        </nav>
      )}
      {narrowings.length > 0 && <Narrowings {...props} narrowings={narrowings} />}
    </div>
  )
}

/** Nothing that was typed is passed over without a word. */
export function TooLongKeyword({ keyword, language }: { keyword: string; language: Language }): JSX.Element | null {
  if (!isPassedOver(keyword)) return null
  return (
    <p class="field-problem" id="keyword-too-long">
      <Icon name="alert" />
      <span>{words.tooLong[language](longestKeyword)}</span>
    </p>
  )
}

function ChipLink({
  chip: { label, count, icon, query, isChosen },
  language,
  path,
  isCut = false,
  posts,
}: FilterProps & { chip: Chip }) {
  const href = hrefOf(path, query)
  const look = { class: 'chip', 'aria-current': isChosen ? ('true' as const) : undefined }
  const content = (
    <>
      {icon && <Icon name={icon} />}
      {label} {numberIn(language, count)}
      {isCut && orMore[language]}
    </>
  )
  if (posts === undefined)
    return (
      <a {...look} href={href}>
        {content}
      </a>
    )
  return (
    <button type="submit" {...look} {...postingTo(posts, href)}>
      {content}
    </button>
  )
}

/** The list is shown anew as soon as one is chosen; without scripts, by the button. */
function Narrowings({
  narrowings,
  language,
  path,
  query,
  keyword,
  posts,
}: FilterProps & { narrowings: readonly Narrowing[] }): JSX.Element {
  const text = inLanguage(words, language)
  const others = { ...query, q: keyword, ...Object.fromEntries(narrowings.map(({ name }) => [name, undefined])) }
  return (
    <form class="list-narrowings" action={path} data-send-on-change="">
      {posts === undefined && <HiddenQuery query={others} />}
      {narrowings.map(({ name, label, chosen, options, more }) => (
        <Fragment key={name}>
          <span class={chosen ? 'select select-chosen' : 'select'}>
            <select class="input" name={name} aria-label={label} form={posts}>
              <option value="">{text.any(label)}</option>
              {options.map((option) => (
                <option value={option.value} selected={option.value === chosen} key={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
          {more && <a href={more.href}>{more.label}</a>}
        </Fragment>
      ))}
      <Button kind="secondary" small {...postingTo(posts)}>
        {text.doFilter}
      </Button>
    </form>
  )
}
