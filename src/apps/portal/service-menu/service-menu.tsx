import { menuLabels } from '#apps/frame/guide-labels.ts'
import {
  type ContractStatus,
  findServiceMenu,
  type MenuService,
  type ServiceMenu,
} from '#features/service-menu/find.ts'
import { EmptyState } from '#platform/ui/empty-state.tsx'
import { PageHeading } from '#platform/ui/page-heading.tsx'
import { Section } from '#platform/ui/section.tsx'
import { Badge, PlainState } from '#platform/ui/status.tsx'
import { Table } from '#platform/ui/table.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { serviceAnchor } from './anchor.ts'

const words = {
  title: menuLabels.serviceMenu,
  lead: { ja: 'ご契約中のサービスと、その運用状況です。', en: 'The services you have and how they are running.' },
  services: { ja: 'ご契約中のサービス', en: 'Your services' },
  caption: { ja: 'ご契約中のサービスと運用状況', en: 'Your services and their status' },
  name: { ja: 'サービス名', en: 'Service' },
  category: { ja: 'カテゴリ', en: 'Category' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  status: { ja: '運用状況', en: 'Status' },
  count: { ja: (n: number) => `${n.toLocaleString('ja-JP')}件`, en: (n: number) => n.toLocaleString('en-GB') },
  fault: { ja: '故障', en: 'Fault' },
  works: { ja: '工事中', en: 'Works' },
  suspended: { ja: '停止中', en: 'Suspended' },
  preparing: { ja: '開通準備中', en: 'In preparation' },
  normal: { ja: '正常', en: 'Normal' },
  none: { ja: '参照できるご契約がありません', en: 'There are no contracts you can view' },
  noGroup: {
    ja: 'どのユーザーグループにも所属していません。御社のポータル管理者にご連絡ください。',
    en: 'You are in no user group. Ask your portal administrator.',
  },
  noRight: {
    ja: (groups: string) =>
      `所属するユーザーグループ（${groups}）には、参照できるご契約がありません。御社のポータル管理者にご連絡ください。`,
    en: (groups: string) => `Your user groups (${groups}) allow no contract. Ask your portal administrator.`,
  },
}

interface Data {
  menu: ServiceMenu
  groups: readonly string[]
}

/** サービスメニュー: the first page after the login. */
export const serviceMenuPage = portalPage({
  path: paths.serviceMenu,
  allow: 'user',
  words,
  load: async ({ tx, actor, now }): Promise<Data> => ({
    menu: await findServiceMenu(tx, actor, now),
    groups: actor.groups.map(({ name }) => name),
  }),
  title: ({ words: text }) => text.title,
  section: 'services',
  view: (view) => (
    <>
      <PageHeading heading={view.words.title} lead={view.words.lead} />
      {view.data.menu.services.length > 0 ? <Services {...view} /> : <NoServices {...view} />}
    </>
  ),
})

type Shown = View<Data, typeof words>

function Services({ data, words: text, reader: { language } }: Shown) {
  return (
    <Section heading={text.services}>
      <Table
        caption={text.caption}
        rows={data.menu.services.toSorted((one, other) => urgencyOf(one) - urgencyOf(other))}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.name,
            header: true,
            cell: ({ code, name }) => <span id={serviceAnchor(code)}>{name[language]}</span>,
          },
          { label: text.category, cell: ({ category }) => category[language] },
          { label: text.contracts, number: true, cell: (service) => text.count(countOf(service)) },
          { label: text.status, phone: 'beside', cell: (service) => statusOf(service, text) },
        ]}
      />
    </Section>
  )
}

const worstFirst: ContractStatus[] = ['fault', 'works', 'suspended', 'preparing']

/** Services in trouble come first; the others keep the operator's order. */
function urgencyOf({ contracts }: MenuService): number {
  const worst = worstFirst.findIndex((status) => contracts[status])
  return worst === -1 ? worstFirst.length : worst
}

function statusOf(service: MenuService, text: Shown['words']) {
  const troubles = worstFirst.filter((status) => service.contracts[status])
  if (troubles.length === 0) return <PlainState>{text.normal}</PlainState>
  return (
    <>
      {troubles.map((status) => (
        <>
          <Badge kind={status === 'fault' ? 'trouble' : status === 'works' ? 'warning' : 'plain'} key={status}>
            {text[status]} {service.contracts[status]}
          </Badge>{' '}
        </>
      ))}
    </>
  )
}

function NoServices({ data: { groups }, words: text }: Shown) {
  return (
    <EmptyState icon="lock" heading={text.none}>
      {groups.length === 0 ? text.noGroup : text.noRight(groups.join('、'))}
    </EmptyState>
  )
}

function countOf({ contracts }: MenuService): number {
  return Object.values(contracts).reduce((sum, n) => sum + n, 0)
}
