import { groupLabels, settingsLabels } from '#sites/frame/guide-labels.ts'
import type { Shortcut } from '#features/shortcuts/list.ts'
import type { Listing } from '#features/subjects/listings.ts'
import type { ThingKind } from '#features/subjects/thing.ts'
import { automaticNumber } from '#features/user-groups/automatic.ts'
import type { Route } from '#platform/web/paths.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { listTitles } from '../list-titles.ts'
import { paths } from '../paths.ts'

export const thingKindWords: Record<ThingKind, Phrase> = {
  service: { ja: 'サービス', en: 'Service' },
  contract: { ja: 'ご契約', en: 'Contract' },
  order: { ja: 'お申し込み', en: 'Order' },
  ticket: { ja: 'お問い合わせ', en: 'Ticket' },
  incident: { ja: '工事・故障', en: 'Works and faults' },
  notice: { ja: 'お知らせ', en: 'News' },
  list: { ja: '一覧', en: 'List' },
  'settings-list': { ja: '一覧', en: 'List' },
  user: { ja: 'ユーザー', en: 'User' },
  'user-group': { ja: 'ユーザーグループ', en: 'User group' },
}

const listingPages: Record<Listing, string> = {
  contracts: paths.contracts,
  orders: paths.orders,
  tickets: paths.tickets,
  incidents: paths.incidents,
  users: paths.users,
  'user-groups': paths.userGroups,
  'change-history': paths.changeHistory,
  'access-history': paths.accessHistory,
  notices: paths.notices,
  manuals: paths.manuals,
  'order-requests': paths.requests,
  'network-map': paths.networkMap,
  'open-sessions': paths.openSessions,
  'planned-memberships': paths.plannedMemberships,
  'access-review': paths.accessReview,
}

/** What is named by the code of a service. */
const byCode = { service: paths.service, 'settings-list': paths.settingsList } as const

/** The code of a list is one of those that pins are made of. */
const listingOf = ({ address }: Shortcut): Listing => address as Listing

const pages: Record<Exclude<ThingKind, keyof typeof byCode | 'list'>, Route<'id'>> = {
  contract: paths.contract,
  order: paths.order,
  ticket: paths.ticket,
  incident: paths.incident,
  notice: paths.notice,
  user: paths.user,
  'user-group': paths.userGroup,
}

export function pathOf(thing: Shortcut): string {
  const { kind, address } = thing
  if (kind === 'list') return listingPages[listingOf(thing)]
  if (kind === 'service' || kind === 'settings-list') return byCode[kind]({ code: address })
  return pages[kind]({ id: address })
}

/** 「ご契約 N130000042」 */
export function kindOf({ kind, number }: Shortcut, language: Language): string {
  return [thingKindWords[kind][language], number].filter(Boolean).join(' ')
}

/** 「クラウドPBX 大阪支店（N130000042）」 */
export function labelOf(thing: Shortcut, language: Language): string {
  const { number } = thing
  const name = nameOf(thing, language)
  if (number === null) return name
  return language === 'ja' ? `${name}（${number}）` : `${name} (${number})`
}

/** As its page is called. */
export function nameOf(thing: Shortcut, language: Language): string {
  const { kind, name, number } = thing
  if (kind === 'list') return listTitles[listingOf(thing)][language]
  if (kind === 'settings-list') return settingsLabels.list[language](name[language])
  const isAutomatic = kind === 'user-group' && number === automaticNumber
  return isAutomatic ? groupLabels.allServicesGroup[language] : name[language]
}
