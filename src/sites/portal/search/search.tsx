import { serviceLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { search, type SearchResult } from '#features/search/search.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { TooLongKeyword } from '#platform/ui/list/list-filter.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Marked } from '#platform/ui/text/marked.tsx'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { redirect, type View } from '#platform/web/page.ts'
import { ContractStatusMark } from '#sites/frame/states/contract-status.tsx'
import { OrderStateMark } from '#sites/frame/states/order-state.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'
import { FoundTelephones } from './found-telephones.tsx'
import { Group, Hit } from './hits.tsx'
import { type MenuEntry, menuEntriesWith } from './menu-entries.ts'

const words = {
  title: { ja: '検索', en: 'Search' },
  resultsFor: {
    ja: (keyword: string) => `「${keyword}」の検索結果`,
    en: (keyword: string) => `Results for “${keyword}”`,
  },
  label: { ja: '検索する言葉', en: 'Search for' },
  placeholder: siteLabels.search,
  doSearch: { ja: '検索する', en: 'Search' },
  total: { ja: (count: number) => `合計 ${count} 件`, en: (count: number) => `${count} found` },
  counted: {
    ja: (what: string, count: number) => `${what}　${count}件`,
    en: (what: string, count: number) => `${what} (${count})`,
  },
  seeAll: { ja: (count: number) => `${count}件すべてを表示する`, en: (count: number) => `See all ${count}` },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  memo: { ja: 'メモ：', en: 'Memo: ' },
  orders: serviceLabels.orders,
  tickets: { ja: 'チケット', en: 'Tickets' },
  notices: siteLabels.news,
  manuals: siteLabels.manuals,
  users: { ja: 'ユーザー', en: 'Users' },
  menu: { ja: 'メニュー', en: 'Menu' },
  nothing: { ja: '見つかりませんでした', en: 'Nothing was found' },
  nothingText: {
    ja: '言葉を短くするか、別の言葉で検索してください。参照できるご契約に関する情報だけが検索されます。',
    en: 'Try a shorter or another word. Only what you may see is searched.',
  },
  hint: {
    ja: 'ご契約番号、拠点、メモ、お申し込みやチケットの番号などで検索できます。複数の言葉は空白で区切ってください。',
    en: 'Search by contract number, site, memo, number of an order or ticket and so on. Separate several words by spaces.',
  },
}

interface Data {
  keyword: string
  terms: readonly string[]
  /** Absent: nothing was asked for. */
  found: (SearchResult & { menu: MenuEntry[]; settingsUrl: URL }) | undefined
}

/** What the search box of the header leads to. */
export const searchPage = portal.page({
  path: paths.search,
  allow: 'user',
  words,
  section: 'search',
  async load(ctx, { query }) {
    const keyword = keywordOf(query)
    const terms = termsOf(keyword)
    if (terms.length === 0) return { keyword, terms, found: undefined } satisfies Data
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const result = await search(ctx, terms)
    const [first] = result.contracts.rows
    if (first?.isExact) return redirect(paths.contract({ id: first.id }))
    const { actor, language } = ctx
    const menu = menuEntriesWith(terms, { actor, services, language })
    return { keyword, terms, found: { ...result, menu, settingsUrl: ctx.settingsUrl } } satisfies Data
  },
  title: ({ data, words: text }) => (data.found ? text.resultsFor(data.keyword) : text.title),
  view(view) {
    const { data, words: text } = view
    const total = data.found && totalOf(data.found)
    return (
      <>
        <PageHeading
          heading={data.found ? text.resultsFor(data.keyword) : text.title}
          lead={total === undefined ? text.hint : text.total(total)}
        />
        <SearchForm {...view} />
        {total === 0 && (
          <EmptyState icon="search" heading={text.nothing}>
            {text.nothingText}
          </EmptyState>
        )}
        {data.found && <Results {...view} found={data.found} />}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function totalOf({ menu, ...found }: NonNullable<Data['found']>): number {
  const { contracts, orders, tickets, telephones, notices, manuals, users } = found
  return [contracts, orders, tickets, telephones, notices, manuals, users].reduce(
    (sum, { total }) => sum + total,
    menu.length,
  )
}

function SearchForm({ data, words: text, reader: { language } }: Shown) {
  return (
    <>
      <form class="search-again" role="search" aria-label={text.title} action={paths.search}>
        <label class="visually-hidden" for="search-again">
          {text.label}
        </label>
        <input
          class="input"
          id="search-again"
          name="q"
          type="search"
          value={data.keyword}
          placeholder={text.placeholder}
        />
        <button type="submit">
          <Icon name="search" />
          <span class="visually-hidden">{text.doSearch}</span>
        </button>
      </form>
      <TooLongKeyword keyword={data.keyword} language={language} />
    </>
  )
}

function Results({ found, ...view }: Shown & { found: NonNullable<Data['found']> }) {
  const { reader, words: text } = view
  const { keyword, terms } = view.data
  const { language, timeZone: zone, now } = reader
  const marked = (given: string) => <Marked text={given} terms={terms} />
  const at = (time: Date) => <Time at={time} zone={zone} language={language} now={now} />
  const listOf = (path: string) => hrefOf(path, { q: keyword })
  return (
    <>
      <Group of={found.contracts} heading={text.contracts} text={text} all={listOf(paths.contracts)}>
        {found.contracts.rows.map(({ id, number, service, site, memo, status }) => (
          <Hit
            key={id}
            link={
              <a href={paths.contract({ id })}>
                {marked(number)} {site && marked(site)}
              </a>
            }
          >
            <span>{marked(service[language])}</span>
            {memo && (
              <span>
                {text.memo}
                {marked(memo)}
              </span>
            )}
            <ContractStatusMark status={status} language={language} />
          </Hit>
        ))}
      </Group>
      <FoundTelephones {...view} telephones={found.telephones} settingsUrl={found.settingsUrl} />
      <Group of={found.orders} heading={text.orders} text={text} all={listOf(paths.orders)}>
        {found.orders.rows.map(({ id, code, title, state }) => (
          <Hit key={id} link={<a href={paths.order({ id })}>{marked(title[language])}</a>}>
            <span>{marked(code)}</span>
            <OrderStateMark state={state} language={language} />
          </Hit>
        ))}
      </Group>
      <Group of={found.tickets} heading={text.tickets} text={text} all={listOf(paths.tickets)}>
        {found.tickets.rows.map(({ id, code, title, state, updatedAt }) => (
          <Hit key={id} link={<a href={paths.ticket({ id })}>{marked(title[language])}</a>}>
            <span>{marked(code)}</span>
            <TicketStateMark state={state} language={language} />
            {at(updatedAt)}
          </Hit>
        ))}
      </Group>
      <Group of={found.notices} heading={text.notices} text={text} all={listOf(paths.notices)}>
        {found.notices.rows.map(({ id, title, publishedAt }) => (
          <Hit key={id} link={<a href={paths.notice({ id })}>{marked(title[language])}</a>}>
            {at(publishedAt)}
          </Hit>
        ))}
      </Group>
      <Group of={found.manuals} heading={text.manuals} text={text} all={listOf(paths.manuals)}>
        {found.manuals.rows.map(({ code, title, service, url }) => (
          <Hit
            key={code}
            link={
              <OutsideLink language={language} href={url}>
                {marked(title[language])}
              </OutsideLink>
            }
          >
            {service && <span>{marked(service[language])}</span>}
          </Hit>
        ))}
      </Group>
      <FoundUsers {...view} users={found.users} />
      <Group of={{ total: found.menu.length, rows: found.menu }} heading={text.menu} text={text}>
        {found.menu.map(({ label, href }) => (
          <Hit key={href} link={<a href={href}>{marked(label[language])}</a>} />
        ))}
      </Group>
    </>
  )
}

function FoundUsers({ users, data: { keyword, terms }, words: text }: Shown & { users: SearchResult['users'] }) {
  return (
    <Group of={users} heading={text.users} text={text} all={hrefOf(paths.users, { q: keyword })}>
      {users.rows.map(({ id, name, mail }) => (
        <Hit
          key={id}
          link={
            <a href={paths.user({ id })}>
              <Marked text={name} terms={terms} />
            </a>
          }
        >
          <span class="mail-address">
            <Marked text={mail} terms={terms} />
          </span>
        </Hit>
      ))}
    </Group>
  )
}
