import type { JSX } from 'preact'
import type { Email } from '#features/mails/sealed.ts'
import type { Reach, Extent } from '#features/outages/reach.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  reach: { ja: '届く範囲', en: 'Whom it reaches' },
  contracts: { ja: '影響するご契約', en: 'Contracts affected' },
  customers: { ja: 'お客様', en: 'Customers' },
  users: { ja: '画面で見られる方', en: 'Can see it' },
  mailed: { ja: 'メールが届く方', en: 'Are mailed' },
  coming: { ja: '新しく対象になるご契約', en: 'Contracts that are added' },
  leaving: { ja: '対象から外れるご契約', en: 'Contracts that are taken out' },
  ofContracts: { ja: (n: string) => `${n}件`, en: (n: string) => n },
  ofCustomers: { ja: (n: string) => `${n}社`, en: (n: string) => n },
  ofPeople: { ja: (n: string) => `${n}名`, en: (n: string) => n },
  largest: { ja: 'お客様ごとの内訳', en: 'By customer' },
  customer: { ja: 'お客様', en: 'Customer' },
  most: {
    ja: (shown: string, all: string) => `影響するご契約が多い順に、${all}社のうち${shown}社を表示しています。`,
    en: (shown: string, all: string) => `The ${shown} with most contracts, of ${all}.`,
  },
  mails: { ja: '送信されるメールの例', en: 'The mail that is sent' },
  japanese: { ja: '日本語', en: 'In Japanese' },
  english: { ja: '英語', en: 'In English' },
}

function countIn(language: Language): (count: number) => string {
  return (count) => count.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
}

interface ReachProps {
  reach: Reach
  /** How it differs from what customers see now; absent: they see nothing yet. */
  extent?: Extent | undefined
  language: Language
}

/** n contracts of m customers, who would see it, and who would get a mail. */
export function ReachFigures({ reach, extent, language }: ReachProps): JSX.Element {
  const text = inLanguage(words, language)
  const count = countIn(language)
  const { contracts, customers, users, mailed } = reach
  const facts = [
    { term: text.contracts, value: <b>{text.ofContracts(count(contracts))}</b> },
    { term: text.customers, value: <b>{text.ofCustomers(count(customers))}</b> },
    { term: text.users, value: text.ofPeople(count(users)) },
    { term: text.mailed, value: text.ofPeople(count(mailed)) },
  ]
  const changes = extent && [
    { term: text.coming, value: text.ofContracts(count(extent.coming)) },
    { term: text.leaving, value: text.ofContracts(count(extent.leaving)) },
  ]
  return (
    <Section heading={text.reach}>
      <Facts facts={[...facts, ...(changes ?? [])]} />
    </Section>
  )
}

export function ReachedCustomers({ reach: { customers, largest }, language }: ReachProps): JSX.Element {
  const text = inLanguage(words, language)
  const count = countIn(language)
  return (
    <Section heading={text.largest}>
      <Table
        caption={text.largest}
        rows={largest}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.customer,
            header: true,
            long: true,
            cell: ({ id, name }) => <a href={paths.customer({ id })}>{name}</a>,
          },
          { label: text.contracts, number: true, phone: 'labelled', cell: ({ contracts }) => count(contracts) },
          { label: text.users, number: true, phone: 'labelled', cell: ({ users }) => count(users) },
          { label: text.mailed, number: true, phone: 'labelled', cell: ({ mailed }) => count(mailed) },
        ]}
      />
      {customers > largest.length && <p class="small-text">{text.most(count(largest.length), count(customers))}</p>}
    </Section>
  )
}

interface SamplesProps {
  mails: Record<Language, Email>
  language: Language
}

export function SampleMails({ mails, language }: SamplesProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <Section heading={text.mails}>
      {(['ja', 'en'] as const).map((each) => (
        <details key={each} open={each === language}>
          <summary>
            {each === 'ja' ? text.japanese : text.english}
            {language === 'ja' ? '：' : ': '}
            <span lang={each}>{mails[each].subject}</span>
          </summary>
          <p class="mail-text" lang={each}>
            {mails[each].text}
          </p>
        </details>
      ))}
    </Section>
  )
}
