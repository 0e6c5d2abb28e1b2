import { administratorLabels, serviceLabels, userLabels } from '#sites/frame/guide-labels.ts'
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
}
