import { settingsPatterns } from '#sites/frame/between-sites.ts'
import { ownPathIn } from '#platform/web/own-path.ts'
import { definePaths } from '#platform/web/paths.ts'

/** What can be looked at: all but the first is about the contract that stands in the address. */
export const pagePaths = definePaths({
  front: '/',
  top: settingsPatterns.top,
})

const otherPaths = definePaths({
  finishSignOn: settingsPatterns.finishSignOn,
  signOut: '/logout',
  session: '/session',
  extendSession: '/session/extend',
  logo: '/brand/logo',
  companyLogo: '/company-logo/images/:hash',
})

/** Every address of the settings site, once. */
export const paths = { ...pagePaths, ...otherPaths }

/** The address if it is one of the site's own pages: where it is safe to send somebody. */
export const ownPath: (address: string) => string | undefined = ownPathIn(pagePaths)
