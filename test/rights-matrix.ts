import { paths } from '#sites/portal/paths.ts'
import { papersOf, workbookPath } from '#platform/web/download.ts'
import { type AnyPath, patternOf } from '#platform/web/paths.ts'

/** What a page is about. */
export type Resource =
  | 'login'
  | 'frame'
  | 'own-profile'
  | 'contracts'
  | 'orders'
  | 'tickets'
  | 'incidents'
  | 'services'
  | 'notices'
  | 'user-groups'
  | 'users'
  | 'history'
  | 'logo'
  | 'network-map'
  | 'access-rules'

/** Of the groups of a user, for the contract that everything is about. */
export const rightLevels = ['none', 'view', 'edit'] as const
export type RightLevel = (typeof rightLevels)[number]

export const roles = ['general-user', 'portal-administrator'] as const
export type TestedRole = (typeof roles)[number]

/** Who may do what: written down by hand, and held against every path of the portal by requests. */
export interface RightsRow {
  resource: Resource
  action: 'read' | 'change' | 'administer'
  who: 'anybody' | 'user' | 'portal-administrator'
  /** Least level without which the thing is not found; a list is there without it, and does not name the thing. */
  needs?: 'view'
  /** Least level for the change itself; whoever has less is led back to what may be seen. */
  changes?: 'edit'
  /** It is a list: what it names of the contract, the order and so on. */
  names?: 'contract' | 'order' | 'ticket' | 'incident' | 'service'
}

type Row = [path: string, row: RightsRow]

const anybody = (resource: Resource, ...all: AnyPath[]): Row[] =>
  all.map((path) => [patternOf(path), { resource, action: 'read', who: 'anybody' }])
const user = (resource: Resource, action: 'read' | 'change', ...all: AnyPath[]): Row[] =>
  all.map((path) => [patternOf(path), { resource, action, who: 'user' }])
const administrator = (resource: Resource, ...all: AnyPath[]): Row[] =>
  all.map((path) => [patternOf(path), { resource, action: 'administer', who: 'portal-administrator' }])
/** A list of what the level lets be seen, and the page of one. */
const seen = (resource: Resource, names: NonNullable<RightsRow['names']>, { lists, one }: Seen): Row[] => [
  ...lists.map((path): Row => [patternOf(path), { resource, action: 'read', who: 'user', names }]),
  [patternOf(one), { resource, action: 'read', who: 'user', needs: 'view' }],
]
interface Seen {
  lists: AnyPath[]
  one: AnyPath
}

const rows: readonly Row[] = [
  ...anybody('login', paths.landing, paths.signIn, paths.secondStep, paths.delivery, paths.resendCode),
  ...anybody('login', paths.recoveryCode, paths.firstLogin, paths.firstLoginIdentity, paths.firstLoginPassword),
  ...anybody('login', paths.firstLoginFactor, paths.firstLoginTotp, paths.firstLoginCodes, paths.firstLoginHelp),
  ...anybody('login', paths.reissue, paths.reissueTaken),
  ...user('login', 'change', paths.signOut, paths.extendSession, paths.confirm, paths.resendConfirmation),
  ...user('login', 'read', paths.session),

  ...seen('services', 'service', { lists: [paths.serviceMenu], one: paths.service }),
  ...seen('contracts', 'contract', {
    lists: [
      paths.contracts,
      paths.contractsCsv,
      paths.ownRights,
      paths.ownRightsCsv,
      paths.settingsList,
      paths.settingsListCsv,
    ],
    one: paths.contract,
  }),
  [
    paths.contractMemo.pattern,
    { resource: 'contracts', action: 'change', who: 'user', needs: 'view', changes: 'edit' },
  ],
  ...user('contracts', 'read', paths.lineChecks, paths.lineChecksCsv),
  ...seen('orders', 'order', { lists: [paths.orders, paths.ordersCsv], one: paths.order }),
  ...seen('orders', 'contract', { lists: [paths.requests, paths.requestsCsv], one: paths.request }),
  ...[paths.orderForm, paths.confirmOrderForm].map((path): Row => [
    path.pattern,
    { resource: 'orders', action: 'change', who: 'user', needs: 'view' },
  ]),
  ...user('orders', 'read', paths.newOrders),
  ...[paths.orderFile, paths.orderPicture, paths.requestFile].map((path): Row => [
    path.pattern,
    { resource: 'orders', action: 'read', who: 'user', needs: 'view' },
  ]),
  ...administrator('orders', paths.approval),
  ...seen('tickets', 'ticket', { lists: [paths.tickets, paths.ticketsCsv], one: paths.ticket }),
  ...user('tickets', 'change', paths.addTicket),
  ...[paths.ticketFile, paths.ticketPicture].map((path): Row => [
    path.pattern,
    { resource: 'tickets', action: 'read', who: 'user', needs: 'view' },
  ]),
  ...seen('incidents', 'incident', { lists: [paths.incidents, paths.incidentsCsv], one: paths.incident }),
  ...seen('incidents', 'incident', { lists: [], one: paths.incidentCalendar }),
  ...seen('contracts', 'contract', { lists: [], one: paths.contractIncidents }),
  ...seen('contracts', 'contract', { lists: [], one: paths.contractIncidentsCsv }),

  ...user('notices', 'read', paths.notices, paths.notice),
  ...user('frame', 'change', paths.signOnToSettings),
  ...user('frame', 'read', paths.search, paths.pinned, paths.contact, paths.manuals, paths.recommendations),
  ...user('frame', 'read', paths.threatBlocking),
  ...user('frame', 'change', paths.pin, paths.feedback),

  ...user('own-profile', 'read', paths.profile, paths.sessions),
  ...user('own-profile', 'change', paths.mailWishes, paths.endMailWish, paths.setMailWish),
  ...anybody('login', paths.unsubscribe, paths.beginViewing, paths.finishViewing),
  ...user('own-profile', 'change', paths.password, paths.endSession, paths.display, paths.recoveryCodes),

  ...administrator('users', paths.administration, paths.users, paths.addUser, paths.user, paths.editUser),
  ...administrator('users', paths.selectedUsers, paths.resendExpired, paths.userMail, paths.suspendUser),
  ...administrator('users', paths.resumeUser, paths.resendNotice, paths.unlockUser, paths.signOutUser),
  ...administrator('users', paths.resetFactor, paths.deleteUser, paths.usersCsv, paths.userTemplateCsv),
  ...administrator('users', paths.importUsers, paths.triedImport, paths.importProgress, paths.abilities),
  ...anybody('login', paths.confirmMail),
  ...administrator('user-groups', paths.userGroups, paths.addUserGroup, paths.userGroup, paths.editUserGroup),
  ...administrator('user-groups', paths.copyUserGroup, paths.deleteUserGroup, paths.addGroupMembers),
  ...administrator('user-groups', paths.takeOutGroupMembers, paths.groupRights, paths.setGroupRights),
  ...administrator('user-groups', paths.setContractRights, paths.applyGroupRights, paths.discardGroupRights),
  ...administrator('user-groups', paths.userGroupsCsv, paths.userGroupCsv),
  ...administrator('users', paths.rightsOfUser, paths.rightsOfUserCsv, paths.rightsTrial),
  ...administrator('history', paths.accessHistory, paths.accessHistoryCsv, paths.openSessions, paths.openSessionsCsv),
  ...administrator('history', paths.endOpenSessions),
  ...administrator('access-rules', paths.trustedBrowsers, paths.trustUsers, paths.endTrust, paths.trustedBrowsersCsv),
  ...user('own-profile', 'change', paths.ownTrusted, paths.endOwnTrust),
  ...administrator('access-rules', paths.idleTimes, paths.userIdleTimes, paths.userIdleTimesCsv),
  ...user('own-profile', 'change', paths.ownIdleTime),
  ...administrator('access-rules', paths.addressLimits, paths.limitedUsers, paths.setLimitedUsers),
  ...administrator('access-rules', paths.limitedUsersCsv, paths.viewings),
  ...administrator('access-rules', paths.confirmAddressTrial, paths.endAddressTrial, paths.newUsersLimit),
  ...administrator('history', paths.changeHistory, paths.changeHistoryCsv, paths.changeHistoryJson),
  ...administrator('logo', paths.companyLogo, paths.deleteCompanyLogo, paths.setCompanyLogo, paths.discardCompanyLogo),
  ...administrator('history', paths.accessReview, paths.accessReviewCsv, paths.reviewedGroups, paths.reviewedGroupsCsv),
  ...administrator('history', paths.reviewedRights, paths.reviewedRightsCsv, paths.reviewReport, paths.closeReview),
  ...administrator('history', paths.closedReviews, paths.reviewedRows),
  ...user('network-map', 'read', paths.networkMap, paths.networkMapCsv),
  ...administrator('users', paths.plannedMemberships, paths.planMembership, paths.cancelPlanned),
  ...administrator('users', paths.plannedMembershipsCsv),
  ...administrator('network-map', paths.networkMapSettings, paths.sitePlace),
  ...user('logo', 'read', paths.companyLogoImage),
  // Whoever gives rights to a contract sees its number without seeing the contract.
  ...administrator('contracts', paths.rightsOfContract, paths.rightsOfContractCsv),
]

/** What is to be had as CSV is to be had as a workbook and on paper, too, by the same people; but for what is to be read by us again. */
export const rightsMatrix: ReadonlyMap<string, RightsRow> = new Map([
  ...rows,
  ...rows
    .filter(([path]) => path.endsWith('.csv') && path !== paths.userTemplateCsv)
    .flatMap(([path, row]): Row[] => [
      [workbookPath(path), row],
      ...papersOf({ csv: path }).map((paper): Row => [paper, row]),
    ]),
])
