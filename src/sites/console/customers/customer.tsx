import { type CustomerNote, listCustomerNotes } from '#features/customer-notes/notes.ts'
import { findOverview, mostShown, type Overview } from '#features/customers/overview.ts'
import { readingFor, seeCustomer, type SeenCustomer } from '#features/staff/see-customer.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { ContractTable, UserTable } from './people-and-contracts.tsx'
import { GroupTable, HistoryTables, MailTable, WorkTables } from './overview-tables.tsx'

const words = {
  find: { ja: 'お客様を探す', en: 'Find a customer' },
  code: { ja: (code: string) => `お客様コード：${code}`, en: (code: string) => `Customer code: ${code}` },
  addNote: { ja: 'メモを書く', en: 'Write a note' },
  addAdministrator: { ja: 'ポータル管理者の追加を依頼する', en: 'Ask for a new administrator' },
  notes: { ja: '社内メモ', en: 'Notes' },
  noNotes: { ja: 'メモはありません。お客様には表示されません。', en: 'There are none. Customers never see them.' },
  contracts: { ja: (n: string) => `ご契約（${n}件）`, en: (n: string) => `Contracts (${n})` },
  users: { ja: (n: string) => `ユーザー（${n}人）`, en: (n: string) => `Users (${n})` },
  first: {
    ja: `対応が必要なものから${mostShown}件までを表示しています。ほかは検索してください。`,
    en: `The first ${mostShown}, trouble first. Search for the others.`,
  },
  groups: { ja: 'ユーザーグループ', en: 'User groups' },
  work: { ja: 'お申し込み・お問い合わせ', en: 'Orders and tickets' },
  mails: { ja: 'メール（新しい10通）', en: 'Mails (the newest 10)' },
  histories: { ja: '履歴（新しい10件）', en: 'Histories (the newest 10)' },
}

export interface CustomerData {
  customer: SeenCustomer
  overview: Overview
  notes: CustomerNote[]
  mayAct: boolean
}

/** A customer at once. That a member of staff looks is noted. */
export const customerPage = staffConsole.page({
  path: paths.customer,
  allow: 'read',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id }, query }): Promise<CustomerData | typeof notFound> {
    const customer = await seeCustomer(ctx, id, paths.customer({ id }))
    if (!customer) return notFound
    const overview = await findOverview(readingFor(ctx, customer), query.contract)
    const notes = await listCustomerNotes(ctx, customer)
    return { customer, overview, notes, mayAct: ctx.staff.roles.includes('support') }
  },
  title: ({ data }) => data.customer.name,
  view: (view) => <Page {...view} />,
})

function Page(view: View<CustomerData, typeof words>) {
  const { data, words: text, reader } = view
  const { customer, overview } = data
  const { language } = reader
  const number = (n: number) => n.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  const { contracts, users } = overview
  return (
    <>
      <Breadcrumb language={language} trail={[{ label: text.find, href: paths.search }]} current={customer.name} />
      <PageHeading
        heading={customer.name}
        lead={text.code(customer.code)}
        actions={
          data.mayAct && (
            <>
              <ButtonLink kind="secondary" small icon="edit" href={paths.addNote({ id: customer.id })}>
                {text.addNote}
              </ButtonLink>
              <ButtonLink kind="secondary" small href={paths.addAdministrator({ id: customer.id })}>
                {text.addAdministrator}
              </ButtonLink>
            </>
          )
        }
      />
      <Notes {...view} />
      <Section heading={text.contracts(number(contracts.total))}>
        {contracts.total > contracts.rows.length && <p class="small-text">{text.first}</p>}
        <ContractTable rows={contracts.rows} language={language} />
      </Section>
      <Section heading={text.users(number(users.total))}>
        {users.total > users.rows.length && <p class="small-text">{text.first}</p>}
        <UserTable rows={users.rows} customerId={customer.id} reader={reader} />
      </Section>
      <Section heading={text.groups}>
        <GroupTable rows={overview.groups} language={language} />
      </Section>
      <Section heading={text.work}>
        <WorkTables overview={overview} reader={reader} />
      </Section>
      <Section heading={text.mails}>
        <MailTable rows={overview.mails} reader={reader} />
      </Section>
      <Section heading={text.histories}>
        <HistoryTables overview={overview} reader={reader} />
      </Section>
    </>
  )
}

function Notes({ data: { notes }, words: text, reader }: View<CustomerData, typeof words>) {
  const { timeZone: zone, language, now } = reader
  return (
    <Section heading={text.notes} small>
      {notes.length === 0 ? (
        <p class="small-text">{text.noNotes}</p>
      ) : (
        <ul class="hits">
          {notes.map(({ number, at, by, text: said }) => (
            <li key={number}>
              <p class="told">{said}</p>
              <div class="small-text">
                <span class="number">{by}</span>
                <Time at={at} zone={zone} language={language} now={now} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
