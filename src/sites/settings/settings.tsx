import { Hono } from 'hono'
import type { SiteState } from '#features/site-state/find.ts'
import { findLogo } from '#features/operators/find.ts'
import type { Bindings, Program } from '#platform/web/site.ts'
import { logoRoute } from '#sites/frame/logo.ts'
import { confirmPage } from '#sites/login/confirm/confirm.tsx'
import { resendConfirmationAction } from '#sites/login/confirm/resend.ts'
import { absencePage } from './absence/absence.tsx'
import { absencesPage } from './absence/absences.tsx'
import { companyLogo } from './company-logo.ts'
import { addCallGroupPage } from './call-groups/add-call-group.tsx'
import { callGroupPage } from './call-groups/call-group.tsx'
import { callGroupsPage } from './call-groups/call-groups.tsx'
import { copyCallGroupPage } from './call-groups/copy-call-group.ts'
import { copyCalendarPage } from './calendars/copy-calendar.ts'
import { copyRunPage } from './copies/copy-run.tsx'
import { deleteCallGroupPage } from './call-groups/delete-call-group.ts'
import { addCalendarPage } from './calendars/add-calendar.tsx'
import { calendarMonthPage } from './calendars/calendar-month.tsx'
import { calendarPage } from './calendars/calendar.tsx'
import { calendarsPage } from './calendars/calendars.tsx'
import { deleteCalendarPage } from './calendars/delete-calendar.tsx'
import { overrideCalendarPage } from './calendars/override-calendar.tsx'
import { checksPage } from './checks/checks.tsx'
import { addExtensionsPage } from './extensions/add-extensions.tsx'
import { deleteExtensionPage } from './extensions/delete-extension.ts'
import { extensionPage } from './extensions/extension.tsx'
import { extensionsPage } from './extensions/extensions.tsx'
import { whileClosed } from './closed.tsx'
import { frontPage, signInPage } from './front.tsx'
import { importPages } from './line-imports/import-pages.tsx'
import { lineImportProgressAnswer } from './line-imports/import-progress.tsx'
import { triedLineImportPage } from './line-imports/tried-import.tsx'
import { lineChangePage } from './line-changes/line-change.tsx'
import { lineChangesPage } from './line-changes/line-changes.tsx'
import { numberPage } from './numbers/number.tsx'
import { numbersPage } from './numbers/numbers.tsx'
import { paths } from './paths.ts'
import { printPage } from './print/print.tsx'
import { signOutAction } from './session/sign-out.ts'
import { simulationPage } from './simulation/simulation.tsx'
import { finishSignOnPage } from './sign-on/finish.tsx'
import { reservationPage } from './reservations/reservation.tsx'
import { reservationsPage } from './reservations/reservations.tsx'
import { settings, type SettingsPath } from './site.tsx'
import { topPage } from './top/top.tsx'

/** The table of contents: every path of the settings site. */
export const settingsPages: readonly SettingsPath[] = [
  frontPage,
  signInPage,
  confirmPage,
  resendConfirmationAction,
  finishSignOnPage,
  signOutAction,
  ...settings.session({ allow: 'user', state: paths.session, extend: paths.extendSession }),
  companyLogo,
  topPage,
  ...numbersPage,
  numberPage,
  ...extensionsPage,
  addExtensionsPage,
  absencesPage,
  extensionPage,
  absencePage,
  deleteExtensionPage,
  ...callGroupsPage,
  addCallGroupPage,
  callGroupPage,
  deleteCallGroupPage,
  copyCallGroupPage,
  copyCalendarPage,
  copyRunPage,
  ...calendarsPage,
  addCalendarPage,
  calendarPage,
  calendarMonthPage,
  overrideCalendarPage,
  deleteCalendarPage,
  simulationPage,
  checksPage,
  ...lineChangesPage,
  lineChangePage,
  ...reservationsPage,
  reservationPage,
  printPage,
  ...importPages,
  triedLineImportPage,
  lineImportProgressAnswer,
]

/** The settings site as one function of requests; `state` is what was last learnt of it. */
export function settingsApp(program: Program, state: () => SiteState | undefined): Hono<Bindings> {
  const more = new Hono<Bindings>()
    .use(whileClosed(program, state))
    .route('/', logoRoute(paths.logo, program, findLogo))
  return settings.app(program, settingsPages, more)
}
