import { houseId } from '#features/house.ts'
import type { Visitor } from '#platform/context.ts'

/** Pages that mails lead to; sites/login/paths.ts and sites/portal/paths.ts take them from here. */
export const mailedPaths = {
  firstLogin: '/first-login',
  signIn: '/login',
  reissue: '/password-reset',
  help: '/help/first-login',
  confirmMail: '/mail-address',
}

/** Where a user logs in: staff in the console, everybody else in the portal. Throws when there is no console. */
export function siteOf({ portalUrl, consoleUrl }: Pick<Visitor, 'portalUrl' | 'consoleUrl'>, customerId: string): URL {
  if (customerId !== houseId) return portalUrl
  if (!consoleUrl) throw new Error('CONSOLE_URL is not set, so staff have nowhere to log in')
  return consoleUrl
}

/** The address of one of them, as a mail carries it. */
export function mailedUrl(site: URL, page: keyof typeof mailedPaths): string {
  return new URL(mailedPaths[page], site).href
}

/** The key stands in the query and not in the path, which logs of failures name. */
export function firstLoginUrl(site: URL, key: string): string {
  return `${mailedUrl(site, 'firstLogin')}?key=${key}`
}
