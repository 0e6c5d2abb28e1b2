import { Hono } from 'hono'
import { findLogo } from '#features/operators/find.ts'
import { clientOf, isOfStaff, type Networks } from '#platform/web/client.ts'
import type { Bindings, Program } from '#platform/web/site.ts'
import { logoRoute } from '#sites/frame/logo.ts'
import { confirmPage } from '#sites/login/confirm/confirm.tsx'
import { identityPage } from '#sites/login/first-login/identity.tsx'
import { openUrlPage } from '#sites/login/first-login/open-url.tsx'
import { firstPasswordPage } from '#sites/login/first-login/password.tsx'
import { firstCodesPage } from '#sites/login/first-login/recovery-codes.tsx'
import { reissuePage, reissueTakenPage } from '#sites/login/first-login/reissue.tsx'
import { totpPage } from '#sites/login/first-login/totp.tsx'
import { firstStepPage } from '#sites/login/sign-in/first-step.tsx'
import { recoveryCodePage } from '#sites/login/sign-in/recovery-code.tsx'
import { secondStepPage } from '#sites/login/sign-in/second-step.tsx'
import { signOutAction } from '#sites/login/sign-in/sign-out.ts'
import { addNotePage } from './customers/add-note.tsx'
import { correctUserPage } from './customers/correct-user.tsx'
import { customerPage } from './customers/customer.tsx'
import { userTaskPages } from './customers/user-tasks.tsx'
import { userPage } from './customers/user.tsx'
import { addOutagePage } from './outages/add-outage.tsx'
import { editOutagePage } from './outages/edit-outage.tsx'
import { endOutagePage } from './outages/end-outage.tsx'
import { outagePage } from './outages/outage.tsx'
import { outagesPage } from './outages/outages.tsx'
import { publishOutagePage } from './outages/publish-outage.tsx'
import { sayUpdatePage } from './outages/say-update.tsx'
import { setAffectsPage } from './outages/set-affects.tsx'
import { answerTicketsPage } from './outages/answer-tickets.tsx'
import { withdrawOutagePage } from './outages/withdraw-outage.tsx'
import { orderPages } from './orders/pages.ts'
import { addressClashesPage } from './feedback/address-clashes.tsx'
import { feedbackPage } from './feedback/feedback.tsx'
import { feedbacksPage } from './feedback/feedbacks.tsx'
import { historyPage } from './history/history.tsx'
import { visitsPage } from './history/visits.tsx'
import { addImportPage } from './imports/add-import.tsx'
import { importPage } from './imports/import.tsx'
import { importsPage } from './imports/imports.tsx'
import { runProgressAnswer } from './imports/run-progress.tsx'
import { mailPage } from './mails/mail.tsx'
import { mailsPage } from './mails/mails.tsx'
import { addNoticePage } from './notices/add-notice.tsx'
import { askToPublishPage } from './notices/ask-to-publish.tsx'
import { editNoticePage } from './notices/edit-notice.tsx'
import { noticePage } from './notices/notice.tsx'
import { noticesPage } from './notices/notices.tsx'
import { maintenancePage } from './maintenance/maintenance.tsx'
import { setMaintenancePages } from './maintenance/set-maintenance.tsx'
import { paths } from './paths.ts'
import { queuesPage } from './queues/queues.tsx'
import { requestPages } from './requests/pages.ts'
import { searchPage } from './search/search.tsx'
import { addAdministratorPage } from './second-yes/add-administrator.tsx'
import { askForUserPages } from './second-yes/ask-for-user.tsx'
import { secondYesRequestPage } from './second-yes/second-yes-request.tsx'
import { secondYesPage } from './second-yes/second-yes.tsx'
import { type ConsolePath, staffConsole } from './site.tsx'
import { addMemberPage } from './staff/add-member.tsx'
import { memberRolesPage, resumeMemberPage, suspendMemberPage } from './staff/change-member.tsx'
import { memberPage } from './staff/member.tsx'
import { membersPage } from './staff/members.tsx'
import { profilePage } from './staff/profile.tsx'
import { signOnToPortalPage, viewingPage } from './viewings/sign-on.tsx'
import { viewUserPage } from './viewings/view-user.tsx'
import { addTicketNotePage } from './tickets/add-ticket-note.tsx'
import { joinTicketPage } from './tickets/join-ticket.tsx'
import { assignTicketPage } from './tickets/assign-ticket.tsx'
import { openTicketFilePage, ticketFile, ticketPicture } from './tickets/ticket-files.tsx'
import { ticketPage } from './tickets/ticket.tsx'
import { ticketsPage } from './tickets/tickets.tsx'
import { worksPage } from './works/works.tsx'

/** The table of contents. Of the login's pages those of mailed codes are not here: staff have an authenticator app. */
export const consolePages: readonly ConsolePath[] = [
  firstStepPage,
  secondStepPage,
  recoveryCodePage,
  signOutAction,
  openUrlPage,
  identityPage,
  firstPasswordPage,
  totpPage,
  firstCodesPage,
  reissuePage,
  reissueTakenPage,
  confirmPage,
  ...staffConsole.session({ allow: 'read', state: paths.session, extend: paths.extendSession }),
  queuesPage,
  searchPage,
  ...ticketsPage,
  ticketPage,
  assignTicketPage,
  addTicketNotePage,
  joinTicketPage,
  openTicketFilePage,
  ticketFile,
  ticketPicture,
  ...outagesPage,
  addOutagePage,
  outagePage,
  editOutagePage,
  setAffectsPage,
  publishOutagePage,
  sayUpdatePage,
  endOutagePage,
  withdrawOutagePage,
  answerTicketsPage,
  worksPage,
  ...requestPages,
  ...orderPages,
  ...mailsPage,
  mailPage,
  ...importsPage,
  addImportPage,
  runProgressAnswer,
  importPage,
  ...noticesPage,
  addNoticePage,
  noticePage,
  editNoticePage,
  askToPublishPage,
  maintenancePage,
  ...setMaintenancePages,
  ...feedbacksPage,
  feedbackPage,
  ...addressClashesPage,
  ...historyPage,
  ...visitsPage,
  customerPage,
  addNotePage,
  userPage,
  correctUserPage,
  ...userTaskPages,
  viewUserPage,
  viewingPage,
  signOnToPortalPage,
  ...askForUserPages,
  addAdministratorPage,
  secondYesPage,
  secondYesRequestPage,
  profilePage,
  membersPage,
  addMemberPage,
  memberPage,
  memberRolesPage,
  suspendMemberPage,
  resumeMemberPage,
]

const refusal = 'この場所からは利用できません。 / You cannot use this from where you are.'

/** The console as one function of requests. Whoever is in none of its networks, if it has any, sees nothing of it, the login neither. */
export function consoleApp(program: Program, networks: Networks): Hono<Bindings> {
  const app = staffConsole.app(program, consolePages, logoRoute(paths.logo, program, findLogo))
  const { trustedProxies } = program.config
  return new Hono<Bindings>().all('*', (c) =>
    isOfStaff(clientOf(c, trustedProxies).ip, networks) ? app.fetch(c.req.raw, c.env) : c.text(refusal, 403),
  )
}
