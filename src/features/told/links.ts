import { unsubscribePath } from '#features/mail-wishes/unsubscribe.ts'

/** Pages of the portal that mails about faults, works and orders lead to; sites/portal/paths.ts takes them from here. */
export const toldPaths = {
  incident: '/incidents/:id',
  order: '/orders/:id',
  mailWishes: '/profile/mails',
  unsubscribe: unsubscribePath,
} as const

export function incidentUrl(portalUrl: URL, id: string): URL {
  return new URL(toldPaths.incident.replace(':id', id), portalUrl)
}

export function orderUrl(portalUrl: URL, id: string): URL {
  return new URL(toldPaths.order.replace(':id', id), portalUrl)
}
