import type { Hono } from 'hono'
import { findLogo } from '#features/operators/find.ts'
import type { Bindings, Program } from '#platform/web/site.ts'
import { logoRoute } from '#sites/frame/logo.ts'
import { paths } from './paths.ts'
import { portal, type PortalPath } from './site.tsx'
import { accessHistoryDownload } from './access-history/access-history-file.ts'
import { accessHistoryPage } from './access-history/access-history.tsx'
import { addressLimitsPage } from './address-limits/address-limits.tsx'
import { limitedUsersPage } from './address-limits/limited-users.tsx'
import { setLimitedUsersPage } from './address-limits/set-limited-users.tsx'
import { confirmTrialAction, endTrialAction, newUsersLimitAction } from './address-limits/trial-actions.ts'
import { closeReviewPage } from './access-reviews/close.tsx'
import { closedReviewsPage } from './access-reviews/closed.tsx'
import { reviewedGroupsPage } from './access-reviews/groups.tsx'
import { reviewReportPage } from './access-reviews/report.tsx'
import { reviewedRightsPage } from './access-reviews/rights.tsx'
import { reviewedRowsDownload } from './access-reviews/rows.ts'
import { accessReviewPage } from './access-reviews/users.tsx'
import { administrationPages } from './administration/pages.ts'
import { changeHistoryDownload, changeHistoryRecords } from './change-history/change-history-files.ts'
import { changeHistoryPage } from './change-history/change-history.tsx'
import { confirmPage } from '#sites/login/confirm/confirm.tsx'
import { resendConfirmationAction } from '#sites/login/confirm/resend.ts'
import { contractMemoPage } from './contracts/contract-memo.tsx'
import { contractPage } from './contracts/contract.tsx'
import { contractsPage } from './contracts/contracts.tsx'
import { contactPage } from './contact/contact.tsx'
import { feedbackPage } from './feedback/feedback.tsx'
import { idleTimesPage } from './idle-times/idle-times.tsx'
import { ownIdleTimePage } from './idle-times/own-idle-time.tsx'
import { userIdleTimesPage } from './idle-times/user-idle-times.tsx'
import { mailWishPages } from './mail-wishes/pages.ts'
import { incidentPages } from './incidents/pages.ts'
import { deleteLogoPage } from './logos/delete-logo.tsx'
import { logoImage } from './logos/logo-image.ts'
import { discardLogoAction, setLogoAction } from './logos/logo-actions.ts'
import { logoPage } from './logos/logo.tsx'
import { manualsPage } from './manuals/manuals.tsx'
import { networkMapPage } from './network-map/network-map.tsx'
import { networkMapSettingsPage } from './network-map/settings.tsx'
import { sitePlacePage } from './network-map/site-place.tsx'
import { noticePage } from './notices/notice.tsx'
import { noticesPage } from './notices/notices.tsx'
import { endOpenSessionsPage } from './open-sessions/end-open-sessions.tsx'
import { openSessionsPage } from './open-sessions/open-sessions.tsx'
import { orderRequestPages } from './order-requests/pages.ts'
import { orderPages } from './orders/pages.ts'
import { ownRightsPage } from './effective-rights/own-rights.tsx'
import { rightsOfContractPage } from './effective-rights/rights-of-contract.tsx'
import { rightsOfUserPage } from './effective-rights/rights-of-user.tsx'
import { rightsTrialPage } from './effective-rights/trial.tsx'
import { factorPage } from '#sites/login/first-login/factor.tsx'
import { firstLoginHelpPage } from '#sites/login/first-login/help.tsx'
import { identityPage } from '#sites/login/first-login/identity.tsx'
import { openUrlPage } from '#sites/login/first-login/open-url.tsx'
import { firstPasswordPage } from '#sites/login/first-login/password.tsx'
import { firstCodesPage } from '#sites/login/first-login/recovery-codes.tsx'
import { reissuePage, reissueTakenPage } from '#sites/login/first-login/reissue.tsx'
import { totpPage } from '#sites/login/first-login/totp.tsx'
import { displayPage } from './profile/display.tsx'
import { recoveryCodesPage } from './profile/recovery-codes.tsx'
import { passwordPage } from './profile/password.tsx'
import { profilePage } from './profile/profile.tsx'
import { endSessionAction, sessionsPage } from './profile/sessions.tsx'
import { recommendationsPage } from './recommendations/recommendations.tsx'
import { serviceMenuPage } from './service-menu/service-menu.tsx'
import { servicePage } from './service-menu/service.tsx'
import { searchPage } from './search/search.tsx'
import { cancelPlannedAction } from './users/cancel-planned.ts'
import { planMembershipPage } from './users/plan-membership.tsx'
import { plannedMembershipsPage } from './users/planned-memberships.tsx'
import { pinAction } from './shortcuts/set-pin.ts'
import { shortcutsPage } from './shortcuts/shortcuts.tsx'
import { firstStepPage } from '#sites/login/sign-in/first-step.tsx'
import { landingPage } from './landing/landing.tsx'
import { recoveryCodePage } from '#sites/login/sign-in/recovery-code.tsx'
import { resendCodeAction } from '#sites/login/sign-in/resend-code.ts'
import { deliveryAnswer, secondStepPage } from '#sites/login/sign-in/second-step.tsx'
import { signOutAction } from '#sites/login/sign-in/sign-out.ts'
import { signOnPages } from './sign-on/pages.ts'
import { addGroupPage } from './user-groups/add-group.tsx'
import { addGroupMembersPage } from './user-groups/add-members.tsx'
import { applyGroupRightsPage } from './user-groups/apply-rights.tsx'
import { setContractRightsPage } from './user-groups/contract-rights.tsx'
import { copyGroupPage } from './user-groups/copy-group.tsx'
import { deleteGroupPage } from './user-groups/delete-group.tsx'
import { discardGroupRightsPage } from './user-groups/discard-rights.tsx'
import { editGroupPage } from './user-groups/edit-group.tsx'
import { groupRightsPage } from './user-groups/group-rights.tsx'
import { userGroupPage } from './user-groups/group.tsx'
import { setGroupRightsPage } from './user-groups/set-rights.tsx'
import { takeOutMembersPage } from './user-groups/take-out-members.tsx'
import { userGroupsPage } from './user-groups/user-groups.tsx'
import { importUsersPage } from './user-imports/import-users.tsx'
import { userTemplateDownload } from './user-imports/template.ts'
import { importProgressAnswer } from './user-imports/import-progress.tsx'
import { triedImportPage } from './user-imports/tried-import.tsx'
import { abilitiesAnswer } from './users/abilities.tsx'
import { addUserPage } from './users/add-user.tsx'
import { confirmMailPage } from './users/confirm-mail.tsx'
import { editUserPage } from './users/edit-user.tsx'
import { resendExpiredPage } from './users/resend-expired.tsx'
import { selectedUsersPage } from './selected-users/selected-users.tsx'
import { userMailPage } from './users/user-mail.tsx'
import { userTaskPages } from './user-tasks/user-tasks.ts'
import { userPage } from './users/user.tsx'
import { usersPage } from './users/users.tsx'
import { settingsListPages } from './settings-list/settings-list-pages.ts'
import { threatBlockingPage } from './threat-blocking/threat-blocking.tsx'
import { endOwnTrustAction, endTrustAction } from './trusted-browsers/end-trust.ts'
import { ownTrustedPage } from './trusted-browsers/own-trusted.tsx'
import { trustUsersPage } from './trusted-browsers/trust-users.tsx'
import { trustedBrowsersPage } from './trusted-browsers/trusted-browsers.tsx'
import { addTicketPage } from './tickets/add-ticket.tsx'
import { ticketFile, ticketPicture } from './tickets/ticket-files.ts'
import { ticketPage } from './tickets/ticket.tsx'
import { ticketsPage } from './tickets/tickets.tsx'

/** The table of contents: every path of the portal. A list brings its file along. */
export const portalPages: readonly PortalPath[] = [
  landingPage,
  firstStepPage,
  secondStepPage,
  deliveryAnswer,
  resendCodeAction,
  recoveryCodePage,
  signOutAction,
  ...signOnPages,
  openUrlPage,
  identityPage,
  firstPasswordPage,
  factorPage,
  totpPage,
  firstCodesPage,
  firstLoginHelpPage,
  reissuePage,
  reissueTakenPage,
  ...portal.session({ allow: 'user', state: paths.session, extend: paths.extendSession }),
  serviceMenuPage,
  servicePage,
  settingsListPages,
  shortcutsPage,
  pinAction,
  administrationPages,
  searchPage,
  contractsPage,
  contractPage,
  contractMemoPage,
  orderRequestPages,
  orderPages,
  ticketsPage,
  addTicketPage,
  ticketPage,
  ticketFile,
  ticketPicture,
  incidentPages,
  mailWishPages,
  contactPage,
  noticesPage,
  noticePage,
  manualsPage,
  recommendationsPage,
  threatBlockingPage,
  feedbackPage,
  profilePage,
  passwordPage,
  sessionsPage,
  endSessionAction,
  displayPage,
  recoveryCodesPage,
  confirmPage,
  resendConfirmationAction,
  usersPage,
  addUserPage,
  importUsersPage,
  importProgressAnswer,
  triedImportPage,
  abilitiesAnswer,
  ...userTemplateDownload,
  selectedUsersPage,
  resendExpiredPage,
  userPage,
  editUserPage,
  userMailPage,
  ...userTaskPages,
  confirmMailPage,
  userGroupsPage,
  addGroupPage,
  userGroupPage,
  editGroupPage,
  copyGroupPage,
  deleteGroupPage,
  addGroupMembersPage,
  takeOutMembersPage,
  groupRightsPage,
  setGroupRightsPage,
  setContractRightsPage,
  applyGroupRightsPage,
  discardGroupRightsPage,
  ownRightsPage,
  rightsOfUserPage,
  rightsTrialPage,
  rightsOfContractPage,
  accessHistoryPage,
  ...accessHistoryDownload,
  openSessionsPage,
  endOpenSessionsPage,
  accessReviewPage,
  reviewedGroupsPage,
  reviewedRightsPage,
  reviewReportPage,
  closeReviewPage,
  closedReviewsPage,
  reviewedRowsDownload,
  plannedMembershipsPage,
  planMembershipPage,
  cancelPlannedAction,
  networkMapPage,
  networkMapSettingsPage,
  sitePlacePage,
  logoPage,
  deleteLogoPage,
  setLogoAction,
  discardLogoAction,
  logoImage,
  trustedBrowsersPage,
  trustUsersPage,
  ownTrustedPage,
  endTrustAction,
  endOwnTrustAction,
  idleTimesPage,
  userIdleTimesPage,
  ownIdleTimePage,
  addressLimitsPage,
  limitedUsersPage,
  setLimitedUsersPage,
  confirmTrialAction,
  endTrialAction,
  newUsersLimitAction,
  changeHistoryPage,
  ...changeHistoryDownload,
  ...changeHistoryRecords,
].flat()

/** The portal as one function of requests. `more` answers beside its pages. */
export function portalApp(program: Program, more: Hono<Bindings>): Hono<Bindings> {
  return portal.app(program, portalPages, more.route('/', logoRoute(paths.logo, program, findLogo)))
}
