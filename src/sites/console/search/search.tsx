import type { ComponentChildren } from 'preact'
import { findContractByNumber, findForStaff, type FoundForStaff, mostFound } from '#features/customer-search/find.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { TooLongKeyword } from '#platform/ui/list/list-filter.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Marked } from '#platform/ui/text/marked.tsx'
import { redirect, type View } from '#platform/web/page.ts'
import { ContractStatusMark } from '#sites/frame/states/contract-status.tsx'
import { outageStageWords } from '../outages/stage-mark.tsx'
import { outagesTitle } from '../outages/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = {
  title: { ja: 'お客様を探す', en: 'Find a customer' },
  resultsFor: {
    ja: (keyword: string) => `「${keyword}」の検索結果`,
    en: (keyword: string) => `Results for “${keyword}”`,
  },
  hint: {
    ja: 'お客様の名前の一部・お客様コード、契約番号・電話番号・お問い合わせ番号・お申し込み番号・障害や工事の管理番号の先頭、ユーザーの名前の一部・メールアドレスの先頭で検索できます。契約番号がすべて一致すると、そのお客様を開きます。',
    en: 'Search by part of a customer’s name or code, the beginning of a contract, telephone, ticket or order number or of the reference of a fault, part of a user’s name or the beginning of an email address. A whole contract number opens its customer.',
  },
  label: { ja: '検索する言葉', en: 'Search for' },
  doSearch: { ja: '検索する', en: 'Search' },
  customers: { ja: 'お客様', en: 'Customers' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  telephones: { ja: '電話番号', en: 'Telephone numbers' },
  users: { ja: 'ユーザー', en: 'Users' },
  tickets: { ja: 'お問い合わせ・故障', en: 'Tickets' },
  orders: { ja: 'お申し込み', en: 'Orders' },
  outages: outagesTitle,
  first: {
    ja: (what: string) => `${what}（はじめの${mostFound}件。言葉を足すと絞り込めます）`,
    en: (what: string) => `${what} (the first ${mostFound}; type more to see fewer)`,
  },
  nothing: { ja: '見つかりませんでした', en: 'Nothing was found' },
  nothingText: {
    ja: '番号とメールアドレスは先頭から、名前は2文字以上で入力してください。',
    en: 'Type numbers and addresses from their beginning, and two letters of a name at least.',
  },
}

interface Data {
  keyword: string
  terms: readonly string[]
  /** Absent: nothing was asked for. */
  found?: FoundForStaff
}

/** What the search box of the header leads to, too. */
export const searchPage = staffConsole.page({
  path: paths.search,
  allow: 'read',
  words,
  async load(ctx, { query }) {
    const keyword = keywordOf(query)
    const terms = termsOf(keyword)
    const [first] = terms
    if (first === undefined) return { keyword, terms } satisfies Data
    const contract = terms.length === 1 ? await findContractByNumber(ctx, first) : undefined
    if (contract) {
      const of = new URLSearchParams({ contract: contract.number })
      return redirect(`${paths.customer({ id: contract.customerId })}?${of}`)
    }
    return { keyword, terms, found: await findForStaff(ctx, terms) } satisfies Data
  },
  title: ({ data, words: text }) => (data.found ? text.resultsFor(data.keyword) : text.title),
  view(view) {
    const { data, words: text, reader } = view
    const isNothing = data.found && isNothingFound(data.found)
    return (
      <>
        <PageHeading heading={data.found ? text.resultsFor(data.keyword) : text.title} lead={text.hint} />
        <form class="search-again" role="search" aria-label={text.title} action={paths.search}>
          <label class="visually-hidden" for="search-again">
            {text.label}
          </label>
          <input class="input" id="search-again" name="q" type="search" value={data.keyword} />
          <button type="submit">
            <Icon name="search" />
            <span class="visually-hidden">{text.doSearch}</span>
          </button>
        </form>
        <TooLongKeyword keyword={data.keyword} language={reader.language} />
        {isNothing && (
          <EmptyState icon="search" heading={text.nothing}>
            {text.nothingText}
          </EmptyState>
        )}
        {data.found && <Results {...view} found={data.found} />}
      </>
    )
  },
})

const isNothingFound = (found: FoundForStaff): boolean =>
  Object.values<readonly unknown[]>({ ...found }).every((rows) => rows.length === 0)

function Results({
  data: { terms },
  found,
  words: text,
  reader: { language },
}: View<Data, typeof words> & { found: FoundForStaff }) {
  const { customers, contracts, telephones, users, tickets, orders, outages } = found
  const marked = (given: string) => <Marked text={given} terms={terms} />
  const at = (customer: { id: string }, contract?: string) =>
    paths.customer({ id: customer.id }) + (contract ? `?${new URLSearchParams({ contract })}` : '')
  const heading = (what: string, rows: readonly unknown[]) => (rows.length < mostFound ? what : text.first(what))
  return (
    <>
      <Group heading={heading(text.customers, customers)} rows={customers}>
        {customers.map((each) => (
          <Hit key={each.id} href={at(each)} name={marked(each.name)}>
            <span>{marked(each.code)}</span>
          </Hit>
        ))}
      </Group>
      <Group heading={heading(text.contracts, contracts)} rows={contracts}>
        {contracts.map(({ id, number, service, status, customer }) => (
          <Hit key={id} href={at(customer, number)} name={marked(number)}>
            <span>{customer.name}</span>
            <span>{service[language]}</span>
            <ContractStatusMark status={status} language={language} />
          </Hit>
        ))}
      </Group>
      <Group heading={heading(text.telephones, telephones)} rows={telephones}>
        {telephones.map(({ id, number, contract, customer }) => (
          <Hit key={id} href={at(customer, contract)} name={marked(number)}>
            <span>{customer.name}</span>
            <span class="number">{contract}</span>
          </Hit>
        ))}
      </Group>
      <Group heading={heading(text.users, users)} rows={users}>
        {users.map(({ id, name, mail, customer }) => (
          <Hit key={id} href={paths.user({ customer: customer.id, id })} name={marked(name)}>
            <span>{customer.name}</span>
            <MailAddress mail={mail} />
          </Hit>
        ))}
      </Group>
      {(['tickets', 'orders'] as const).map((kind) => {
        const rows = kind === 'tickets' ? tickets : orders
        return (
          <Group key={kind} heading={heading(text[kind], rows)} rows={rows}>
            {rows.map(({ id, code, title, customer }) => (
              <Hit key={id} href={kind === 'orders' ? paths.order({ id }) : paths.ticket({ id })} name={marked(code)}>
                <span>{customer.name}</span>
                <span>{title[language]}</span>
              </Hit>
            ))}
          </Group>
        )
      })}
      <Group heading={heading(text.outages, outages)} rows={outages}>
        {outages.map((outage) => (
          <Hit key={outage.id} href={paths.outage({ id: outage.id })} name={marked(outage.code)}>
            <span>{outage.title[language]}</span>
            <span>{outageStageWords[outage.stage][language]}</span>
          </Hit>
        ))}
      </Group>
    </>
  )
}

interface GroupProps {
  heading: string
  rows: readonly unknown[]
  children: ComponentChildren
}

/** Nothing where there is none. */
function Group({ heading, rows, children }: GroupProps) {
  if (rows.length === 0) return null
  return (
    <Section heading={heading} small>
      <ul class="hits">{children}</ul>
    </Section>
  )
}

function Hit({ href, name, children }: { href: string; name: ComponentChildren; children: ComponentChildren }) {
  return (
    <li>
      <a href={href}>{name}</a>
      <div class="small-text">{children}</div>
    </li>
  )
}
