import type { StaffRole } from '#features/house.ts'
import { countQueues, type Queues } from '#features/queues/count.ts'
import { Table } from '#platform/ui/list/table.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Words } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = {
  title: { ja: 'キュー', en: 'Queues' },
  lead: { ja: 'すべてのお客様で、対応を待っているものの件数です。', en: 'What waits for us, over all customers.' },
  caption: { ja: 'キューの件数', en: 'Queues and their counts' },
  queue: { ja: 'キュー', en: 'Queue' },
  count: { ja: '件数', en: 'Count' },
  state: { ja: '状態', en: 'State' },
  overdueTickets: { ja: '回答の期限を過ぎたお問い合わせ・故障', en: 'Inquiries and faults whose answer is late' },
  unassignedTickets: { ja: '担当者のいないお問い合わせ・故障', en: 'Inquiries and faults that nobody has taken' },
  ownTickets: { ja: '自分が担当するお問い合わせ・故障', en: 'Inquiries and faults of your own' },
  lateOutages: { ja: '次回のご案内の予定を過ぎた障害・工事', en: 'Faults and works whose next update is late' },
  requests: { ja: '受付を待っている申請', en: 'Requests that wait to be accepted' },
  orders: { ja: '進行中のお申し込み', en: 'Orders under way' },
  secondYes: { ja: '二人目の承認を待っている依頼', en: 'What awaits a second yes' },
  mails: { ja: '届かなかったメール（24時間）', en: 'Mails that did not arrive (24 hours)' },
  imports: { ja: '失敗した取り込み（7日）', en: 'Imports that failed (7 days)' },
  addressClashes: {
    ja: '登録できなかったメールアドレス（未対応）',
    en: 'Email addresses that could not be registered (open)',
  },
  feedback: { ja: 'ページに対するご意見（未対応）', en: 'Feedback on pages (open)' },
  unsealed: { ja: '封印が遅れている変更履歴', en: 'Changes that are late in being sealed' },
  waits: { ja: '対応待ち', en: 'Waiting' },
  trouble: { ja: '確認が必要', en: 'To be looked at' },
  none: { ja: 'ありません', en: 'None' },
} satisfies Words

const queues = [
  'overdueTickets',
  'unassignedTickets',
  'ownTickets',
  'lateOutages',
  'requests',
  'orders',
  'secondYes',
  'mails',
  'imports',
  'addressClashes',
  'feedback',
  'unsealed',
] as const

/** What says of itself that something of ours does not work. */
const troubles: readonly (keyof Queues)[] = ['overdueTickets', 'lateOutages', 'mails', 'imports', 'unsealed']

/** Where what waits is seen, by whoever has the role for it. */
const pages: Partial<Record<keyof Queues, { href: string; role?: StaffRole }>> = {
  overdueTickets: { href: `${paths.tickets}?part=overdue` },
  unassignedTickets: { href: `${paths.tickets}?part=unassigned` },
  ownTickets: { href: `${paths.tickets}?part=mine` },
  lateOutages: { href: paths.outages },
  requests: { href: paths.requests },
  orders: { href: paths.orders },
  secondYes: { href: paths.secondYes, role: 'security' },
  mails: { href: paths.mails, role: 'support' },
  imports: { href: paths.imports, role: 'provisioning' },
  addressClashes: { href: paths.addressClashes, role: 'support' },
  feedback: { href: paths.feedback, role: 'support' },
}

/** Where the console begins. */
export const queuesPage = staffConsole.page({
  path: paths.queues,
  allow: 'read',
  words,
  load: async (ctx) => ({ ...(await countQueues(ctx)), roles: ctx.staff.roles }),
  title: ({ words: text }) => text.title,
  view: ({ data, words: text, reader: { language } }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} />
      <Table
        caption={text.caption}
        columns={[
          {
            label: text.queue,
            header: true,
            cell(queue) {
              const page = pages[queue]
              const mayOpen = page && (page.role === undefined || data.roles.includes(page.role))
              return mayOpen ? <a href={page.href}>{text[queue]}</a> : text[queue]
            },
          },
          {
            label: text.count,
            number: true,
            phone: 'beside',
            cell: (queue) => data[queue].toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB'),
          },
          {
            label: text.state,
            cell(queue) {
              if (data[queue] === 0) return <PlainState>{text.none}</PlainState>
              if (troubles.includes(queue)) return <Badge kind="trouble">{text.trouble}</Badge>
              return <Badge kind="current">{text.waits}</Badge>
            },
          },
        ]}
        rows={queues}
        rowKey={(queue) => queue}
      />
    </>
  ),
})
