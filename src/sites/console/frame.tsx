import type { VNode } from 'preact'
import type { Actor } from '#features/actor.ts'
import type { Operator } from '#features/operators/find.ts'
import type { StaffRole } from '#features/house.ts'
import { longestStaffSession } from '#features/sessions/start.ts'
import { endOf } from '#features/sessions/use.ts'
import { hours } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'
import * as documents from '#sites/frame/documents.tsx'
import type { NavigationLink } from '#sites/frame/navigation.tsx'
import { paths } from './paths.ts'
import { profileTitle } from './profile-title.ts'

type Surroundings = documents.Surroundings

const consoleName = {
  name: { ja: '担当者コンソール', en: 'Staff console' },
  above: { ja: '通信事業者の担当者専用', en: 'For the operator’s staff' },
}

const words = {
  work: { ja: '業務', en: 'Work' },
  queues: { ja: 'キュー', en: 'Queues' },
  tickets: { ja: 'お問い合わせ・故障', en: 'Inquiries and faults' },
  outages: { ja: '障害・工事', en: 'Faults and works' },
  requests: { ja: '申請', en: 'Requests' },
  orders: { ja: 'お申し込み', en: 'Orders' },
  secondYes: { ja: '二人目の承認', en: 'Second yes' },
  staff: { ja: '担当者', en: 'Staff' },
  search: { ja: 'お客様を探す', en: 'Find a customer' },
  rooms: { ja: '運用', en: 'Operation' },
  mails: { ja: '届かなかったメール', en: 'Failed mails' },
  feedback: { ja: 'ご意見', en: 'Feedback' },
  addressClashes: { ja: '登録できなかったアドレス', en: 'Refused addresses' },
  imports: { ja: '取り込み', en: 'Imports' },
  notices: { ja: 'お知らせ', en: 'Notices' },
  maintenance: { ja: 'メンテナンス', en: 'Maintenance' },
  history: { ja: '履歴', en: 'Histories' },
  hint: {
    ja: 'お客様、ユーザー、契約・電話・受付・申込の番号',
    en: 'Customers, users, numbers of contracts, telephones, inquiries, orders',
  },
}

/** Round a page of a member of staff: the portal's frame in another colour. */
export function signedInDocument(
  surroundings: Surroundings,
  { actor, roles }: { actor: Actor; roles: readonly StaffRole[] },
  operator: Operator | null,
): VNode {
  const { path, search } = surroundings.shown
  const ofWork: (NavigationLink & { also?: string })[] = [
    { label: words.tickets, href: paths.tickets },
    { label: words.outages, href: paths.outages, also: paths.works },
    { label: words.requests, href: paths.requests },
    { label: words.orders, href: paths.orders },
  ]
  const current = ofWork.find(({ href, also }) => path.startsWith(href) || path === also)
  const isOfCustomers = path === paths.search || path.startsWith('/customers/')
  const links: NavigationLink[] = [
    { label: words.queues, href: paths.queues, ...(path === paths.queues && { current: 'page' }) },
    ...ofWork.map((link): NavigationLink => ({ ...link, ...(link === current && { current: 'section' }) })),
    { label: words.search, href: paths.search, ...(isOfCustomers && { current: 'section' }) },
  ]
  const own = ownLinks(path, roles)
  return documents.signedInDocument(
    surroundings,
    {
      // The house has no name that staff need to be told.
      actor: { ...actor, customer: { ...actor.customer, name: '' } },
      menu: { operator },
      endsAt: endOf(actor),
      limitHours: longestStaffSession / hours,
    },
    {
      site: consoleName,
      accent: 'console',
      home: paths.queues,
      search: paths.search,
      searchHint: words.hint,
      faults: [],
      incidents: paths.queues,
      addressLimits: paths.queues,
      logo: paths.logo,
      companyLogo: () => paths.logo,
      accountLinks: [{ label: profileTitle, href: paths.profile }],
      signOut: paths.signOut,
      session: paths.session,
      extendSession: paths.extendSession,
      signIn: `${paths.signIn}?${new URLSearchParams({ return: path + search })}`,
      // Those of all roles together would be wider than the page: they stand at its side.
      tabs: links,
      side: {
        kind: 'area',
        parts: [{ heading: words.work, links }, ...(own.length > 0 ? [{ heading: words.rooms, links: own }] : [])],
      },
      supportLinks: [],
    },
  )
}

/** Where staff of a role have something to do. */
const rooms: readonly { label: Phrase; href: string; role: StaffRole }[] = [
  { label: words.mails, href: paths.mails, role: 'support' },
  { label: words.feedback, href: paths.feedback, role: 'support' },
  { label: words.addressClashes, href: paths.addressClashes, role: 'support' },
  { label: words.notices, href: paths.notices, role: 'content' },
  { label: words.maintenance, href: paths.maintenance, role: 'content' },
  { label: words.imports, href: paths.imports, role: 'provisioning' },
  { label: words.secondYes, href: paths.secondYes, role: 'security' },
  { label: words.staff, href: paths.members, role: 'security' },
  { label: words.history, href: paths.history, role: 'security' },
]

function ownLinks(path: string, roles: readonly StaffRole[]): NavigationLink[] {
  return rooms
    .filter(({ role }) => roles.includes(role))
    .map(({ label, href }) => ({ label, href, ...(path.startsWith(href) && { current: 'section' as const }) }))
}

const sizes: Readonly<Record<string, 'wide'>> = { 'first-login': 'wide' }

/** Round a page before the login. */
export function visitorDocument(surroundings: Omit<Surroundings, 'now'>, operator: Operator | null): VNode {
  const size = sizes[surroundings.shown.section ?? '']
  return documents.visitorDocument(surroundings, operator, {
    site: consoleName,
    accent: 'console',
    home: paths.signIn,
    logo: paths.logo,
    size,
  })
}
