import { unsubscribePath } from '#features/mail-wishes/unsubscribe.ts'

/** Pages of the portal that mails about faults and works lead to; sites/portal/paths.ts takes them from here. */
export const toldPaths = {
  incident: '/incidents/:id',
  mailWishes: '/profile/mails',
  unsubscribe: unsubscribePath,
} as const

export function incidentUrl(portalUrl: URL, id: string): URL {
  return new URL(toldPaths.incident.replace(':id', id), portalUrl)
}
