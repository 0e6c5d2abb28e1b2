/** Pages of the portal that mails lead to; sites/portal/paths.ts takes them from here. */
export const mailedPaths = {
  firstLogin: '/first-login',
  signIn: '/login',
  reissue: '/password-reset',
  help: '/help/first-login',
  confirmMail: '/mail-address',
}

/** The address of one of them, as a mail carries it. */
export function mailedUrl(portalUrl: URL, page: keyof typeof mailedPaths): string {
  return new URL(mailedPaths[page], portalUrl).href
}

/** The key stands in the query and not in the path, which logs of failures name. */
export function firstLoginUrl(portalUrl: URL, key: string): string {
  return `${mailedUrl(portalUrl, 'firstLogin')}?key=${key}`
}
