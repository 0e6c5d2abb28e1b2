import type { Thing } from './thing.ts'

/**
 * Lists that can be pinned, by the ids that pins and looks name them by; and whether administrators alone may open one. An id is
 * for ever: what is kept under it would lead elsewhere.
 */
export const listings = {
  contracts: { id: '00000000-0000-4000-8000-000000000001', isAdministrators: false },
  orders: { id: '00000000-0000-4000-8000-000000000002', isAdministrators: false },
  tickets: { id: '00000000-0000-4000-8000-000000000003', isAdministrators: false },
  incidents: { id: '00000000-0000-4000-8000-000000000004', isAdministrators: false },
  users: { id: '00000000-0000-4000-8000-000000000005', isAdministrators: true },
  'user-groups': { id: '00000000-0000-4000-8000-000000000006', isAdministrators: true },
  'change-history': { id: '00000000-0000-4000-8000-000000000007', isAdministrators: true },
  'access-history': { id: '00000000-0000-4000-8000-000000000008', isAdministrators: true },
  notices: { id: '00000000-0000-4000-8000-000000000009', isAdministrators: false },
  manuals: { id: '00000000-0000-4000-8000-00000000000a', isAdministrators: false },
  'order-requests': { id: '00000000-0000-4000-8000-00000000000b', isAdministrators: false },
  'network-map': { id: '00000000-0000-4000-8000-00000000000c', isAdministrators: false },
  'open-sessions': { id: '00000000-0000-4000-8000-00000000000d', isAdministrators: true },
  'planned-memberships': { id: '00000000-0000-4000-8000-00000000000e', isAdministrators: true },
  'access-review': { id: '00000000-0000-4000-8000-00000000000f', isAdministrators: true },
} as const

export type Listing = keyof typeof listings

export function thingOfListing(listing: Listing): Thing {
  return { kind: 'list', id: listings[listing].id }
}
