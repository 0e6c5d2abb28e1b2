import { loginPages, loginTargets } from '#sites/login/paths.ts'
import { consolePatterns } from '#sites/frame/between-sites.ts'
import { ownPathIn } from '#platform/web/own-path.ts'
import { definePaths } from '#platform/web/paths.ts'

/** What can be looked at. */
const pagePaths = definePaths({
  ...loginPages,
  ...consolePatterns,
  queues: '/',
  search: '/search',
  tickets: '/tickets',
  ticket: '/tickets/:id',
  assignTicket: '/tickets/:id/assign',
  addTicketNote: '/tickets/:id/notes/add',
  joinTicket: '/tickets/:id/outage',
  openTicketFile: '/tickets/:id/files/:file',
  outages: '/outages',
  addOutage: '/outages/add',
  outage: '/outages/:id',
  editOutage: '/outages/:id/edit',
  setAffects: '/outages/:id/affects',
  publishOutage: '/outages/:id/publish',
  sayUpdate: '/outages/:id/updates/add',
  endOutage: '/outages/:id/end',
  withdrawOutage: '/outages/:id/withdraw',
  answerTickets: '/outages/:id/tickets',
  works: '/works',
  requests: '/requests',
  request: '/requests/:id',
  acceptRequest: '/requests/:id/accept',
  returnRequest: '/requests/:id/return',
  orders: '/orders',
  order: '/orders/:id',
  editOrder: '/orders/:id/edit',
  mails: '/mails',
  mail: '/mails/:id',
  imports: '/imports',
  addImport: '/imports/add',
  import: '/imports/:id',
  notices: '/notices',
  addNotice: '/notices/add',
  notice: '/notices/:id',
  editNotice: '/notices/:id/edit',
  askToPublishNotice: '/notices/:id/publish',
  maintenance: '/maintenance',
  portalMaintenance: '/maintenance/portal',
  settingsMaintenance: '/maintenance/settings',
  feedback: '/feedback',
  feedbackOf: '/feedback/:id',
  addressClashes: '/address-clashes',
  history: '/history',
  visits: '/history/visits',
  customer: '/customers/:id',
  addNote: '/customers/:id/notes/add',
  user: '/customers/:customer/users/:id',
  correctUser: '/customers/:customer/users/:id/correct',
  resendNotice: '/customers/:customer/users/:id/resend',
  unlockUser: '/customers/:customer/users/:id/unlock',
  signOutUser: '/customers/:customer/users/:id/sign-out',
  resetUserFactor: '/customers/:customer/users/:id/reset-factor',
  makeAdministrator: '/customers/:customer/users/:id/make-administrator',
  viewUser: '/customers/:customer/users/:id/view',
  viewing: '/viewings/:id',
  addAdministrator: '/customers/:id/administrators/add',
  secondYes: '/second-yes',
  secondYesRequest: '/second-yes/:id',
  profile: '/profile',
  members: '/staff',
  addMember: '/staff/add',
  member: '/staff/:id',
  memberRoles: '/staff/:id/roles',
  suspendMember: '/staff/:id/suspend',
  resumeMember: '/staff/:id/resume',
})

const otherPaths = definePaths({
  ...loginTargets,
  logo: '/brand/logo',
  importRunProgress: '/imports/progress',
  ticketFile: '/tickets/:id/files/:file/content',
  ticketPicture: '/tickets/:id/files/:file/picture',
})

/** Every address of the console, once. */
export const paths = { ...pagePaths, ...otherPaths }

/** The address if it is one of the console's own pages. */
export const ownPath: (address: string) => string | undefined = ownPathIn(pagePaths)
