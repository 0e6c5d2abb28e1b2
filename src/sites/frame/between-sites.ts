import { definePaths } from '#platform/web/paths.ts'

/** Pages of the portal that other sites lead to; sites/portal/paths.ts takes them from here. */
export const portalPatterns = {
  landing: '/',
  serviceMenu: '/services',
  service: '/services/:code',
  settingsList: '/services/:code/settings',
  lineChecks: '/settings-checks',
  pinned: '/pinned',
  administration: '/administration',
  search: '/search',
  contract: '/contracts/:id',
  incidents: '/incidents',
  addressLimits: '/address-limits',
  contact: '/contact',
  profile: '/profile',
  display: '/profile/display',
  notices: '/notices',
  manuals: '/manuals',
  recommendations: '/recommendations',
  threatBlocking: '/threat-blocking',
  feedback: '/feedback',
  signOnToSettings: '/sign-on/settings',
  beginViewing: '/sign-on/viewing',
  finishViewing: '/sign-on/viewing/finish',
} as const

/** Pages of the settings site that the portal leads to; sites/settings/paths.ts takes them from here. */
export const settingsPatterns = {
  finishSignOn: '/sign-on/finish',
  top: '/c/:contract',
  number: '/c/:contract/numbers/:id',
  extension: '/c/:contract/extensions/:id',
  callGroup: '/c/:contract/groups/:id',
  calendar: '/c/:contract/calendars/:id',
  print: '/c/:contract/print',
} as const

/** Pages of the console that the portal leads to; sites/console/paths.ts takes them from here. */
export const consolePatterns = { signOnToPortal: '/sign-on/portal' } as const

export const portalLinks = definePaths(portalPatterns)
export const settingsLinks = definePaths(settingsPatterns)
export const consoleLinks = definePaths(consolePatterns)

/** The whole address of a page of another site. */
export function addressOn(site: URL, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(path, site)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
