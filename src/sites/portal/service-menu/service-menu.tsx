import { contractLabels, menuLabels } from '#sites/frame/guide-labels.ts'
import { type BesideMenu, findBesideMenu } from '#features/shortcuts/find-beside.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import { findServiceMenu, type MenuService } from '#features/service-menu/find.ts'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section, WithAside } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import type { View } from '#platform/web/page.ts'
import { ContractStatusMark } from '#sites/frame/states/contract-status.tsx'
import { NoContracts } from '../subjects/no-contracts.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { Beside } from './beside.tsx'
import { type ContractCounts, ContractCountsLine, countOf } from './contract-counts.tsx'

const words = {
  title: menuLabels.serviceMenu,
  lead: {
    ja: '確認・変更したいサービスを選んでください。',
    en: 'Choose the service that you want to look at or change.',
  },
  services: { ja: 'ご契約中のサービス', en: 'Your services' },
  caption: { ja: 'ご契約中のサービスと運用状況', en: 'Your services and their status' },
  name: contractLabels.serviceName,
  category: { ja: 'カテゴリ', en: 'Category' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  status: contractLabels.status,
  count: { ja: (n: string) => `${n}件`, en: (n: string) => n },
}

interface Data {
  services: readonly MenuService[]
  groups: readonly string[]
  beside: BesideMenu
}

/** サービスメニュー: the first page after the login. */
export const serviceMenuPage = portal.page({
  path: paths.serviceMenu,
  allow: 'user',
  words,
  async load(ctx): Promise<Data> {
    const { tx, actor, now } = ctx
    const [{ services }, beside] = await Promise.all([findServiceMenu(tx, actor, now), findBesideMenu(ctx)])
    return { services, groups: actor.groups.map(({ name }) => name), beside }
  },
  title: ({ words: text }) => text.title,
  section: 'services',
  view: (view) => {
    const { data, words: text, reader } = view
    const { services, groups, beside } = data
    return (
      <>
        <PageHeading heading={text.title} lead={services.length > 0 && text.lead} />
        {services.length > 0 && <ContractCountsLine counts={sumOf(services)} reader={reader} />}
        <WithAside>
          {services.length > 0 ? <Services {...view} /> : <NoContracts groups={groups} language={reader.language} />}
          <Beside beside={beside} reader={reader} />
        </WithAside>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Services({ data, words: text, reader: { language } }: Shown) {
  return (
    <Section heading={text.services}>
      <Table
        caption={text.caption}
        rows={data.services.toSorted((one, other) => urgencyOf(one) - urgencyOf(other))}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.name,
            header: true,
            cell: ({ code, name }) => <a href={paths.service({ code })}>{name[language]}</a>,
          },
          { label: text.category, cell: ({ category }) => category.name[language] },
          {
            label: text.contracts,
            number: true,
            cell: ({ contracts }) => text.count(numberIn(language, countOf(contracts))),
          },
          { label: text.status, phone: 'beside', cell: ({ contracts }) => statusesOf(contracts, language) },
        ]}
      />
    </Section>
  )
}

/** Services in trouble come first; the others keep the operator's order. */
function urgencyOf({ contracts }: MenuService): number {
  return contractStatuses.findIndex((status) => contracts[status])
}

/** All that is not normal, the worst first. */
function statusesOf(contracts: ContractCounts, language: 'ja' | 'en') {
  const troubles = contractStatuses.filter((status) => status !== 'normal' && contracts[status])
  const shown = troubles.length > 0 ? troubles : (['normal'] as const)
  return shown.flatMap((status) => [<ContractStatusMark status={status} language={language} key={status} />, ' '])
}

function sumOf(services: readonly MenuService[]): ContractCounts {
  const sum: ContractCounts = {}
  for (const { contracts } of services)
    for (const status of contractStatuses) if (contracts[status]) sum[status] = (sum[status] ?? 0) + contracts[status]
  return sum
}
