import { loginPages, loginTargets } from '#sites/login/paths.ts'
import { settingsPatterns } from '#sites/frame/between-sites.ts'
import { ownPathIn } from '#platform/web/own-path.ts'
import { definePaths } from '#platform/web/paths.ts'

/** What can be looked at: all but the first is about the contract that stands in the address. */
export const pagePaths = definePaths({
  front: '/',
  /** Here nobody logs in: it leads to the front. */
  signIn: loginPages.signIn,
  confirm: loginPages.confirm,
  top: settingsPatterns.top,
  numbers: '/c/:contract/numbers',
  number: settingsPatterns.number,
  extensions: '/c/:contract/extensions',
  addExtensions: '/c/:contract/extensions/add',
  absences: '/c/:contract/extensions/absence',
  extension: settingsPatterns.extension,
  absence: '/c/:contract/extensions/:id/absence',
  deleteExtension: '/c/:contract/extensions/:id/delete',
  callGroups: '/c/:contract/groups',
  addCallGroup: '/c/:contract/groups/add',
  callGroup: settingsPatterns.callGroup,
  deleteCallGroup: '/c/:contract/groups/:id/delete',
  copyCallGroup: '/c/:contract/groups/:id/copy',
  calendars: '/c/:contract/calendars',
  addCalendar: '/c/:contract/calendars/add',
  calendar: settingsPatterns.calendar,
  calendarMonth: '/c/:contract/calendars/:id/month',
  overrideCalendar: '/c/:contract/calendars/:id/today',
  deleteCalendar: '/c/:contract/calendars/:id/delete',
  simulation: '/c/:contract/simulation',
  checks: '/c/:contract/checks',
  lineChanges: '/c/:contract/changes',
  lineChange: '/c/:contract/changes/:change',
  copyCalendar: '/c/:contract/calendars/:id/copy',
  copyRun: '/c/:contract/copies/:id',
  reservations: '/c/:contract/reservations',
  reservation: '/c/:contract/reservations/:id',
  print: settingsPatterns.print,
  importExtensions: '/c/:contract/import/extensions',
  importNumbers: '/c/:contract/import/numbers',
  importCallGroups: '/c/:contract/import/groups',
  lineImport: '/c/:contract/imports/:id',
})

const otherPaths = definePaths({
  finishSignOn: settingsPatterns.finishSignOn,
  resendConfirmation: loginTargets.resendConfirmation,
  signOut: '/logout',
  session: '/session',
  extendSession: '/session/extend',
  logo: '/brand/logo',
  companyLogo: '/company-logo/images/:hash',
  numbersCsv: '/c/:contract/numbers.csv',
  extensionsCsv: '/c/:contract/extensions.csv',
  calendarsCsv: '/c/:contract/calendars.csv',
  callGroupsCsv: '/c/:contract/groups.csv',
  lineChangesCsv: '/c/:contract/changes.csv',
  lineImportProgress: '/c/:contract/import-progress',
  reservationsCsv: '/c/:contract/reservations.csv',
})

/** Every address of the settings site, once. */
export const paths = { ...pagePaths, ...otherPaths }

/** The address if it is one of the site's own pages: where it is safe to send somebody. */
export const ownPath: (address: string) => string | undefined = ownPathIn(pagePaths)
