import { administratorLabels, serviceLabels, siteLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Listing } from '#features/subjects/listings.ts'
import type { Phrase } from '#platform/words.ts'

/** How lists that can be pinned are called, on their pages and where they are pinned. */
export const listTitles: Record<Listing, Phrase> = {
  contracts: serviceLabels.contractList,
  orders: serviceLabels.orders,
  tickets: serviceLabels.ticketList,
  incidents: serviceLabels.worksAndFaults,
  users: userLabels.list,
  'user-groups': { ja: 'ユーザグループ一覧', en: 'User groups' },
  'change-history': { ja: '変更履歴', en: 'Change history' },
  'access-history': administratorLabels.accessHistory,
  notices: siteLabels.news,
  manuals: siteLabels.manuals,
  'order-requests': { ja: '申請の一覧', en: 'Requests' },
  'network-map': { ja: 'ネットワークマップ', en: 'Network map' },
  'open-sessions': { ja: 'ログイン中のユーザー', en: 'Users who are logged in' },
  'planned-memberships': { ja: '所属の予定', en: 'Planned changes of groups' },
  'access-review': { ja: '棚卸し', en: 'Access review' },
}
