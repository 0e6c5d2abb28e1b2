import { mailedPaths } from '#features/first-login/links.ts'
import { ownPathIn } from '#platform/web/own-path.ts'
import { portalPatterns } from '#sites/frame/between-sites.ts'
import { definePaths } from '#platform/web/paths.ts'

/** What can be looked at. */
export const pagePaths = definePaths({
  ...portalPatterns,
  signIn: mailedPaths.signIn,
  secondStep: '/login/second-step',
  recoveryCode: '/login/recovery-code',
  firstLogin: mailedPaths.firstLogin,
  firstLoginIdentity: '/first-login/identity',
  firstLoginPassword: '/first-login/password',
  firstLoginFactor: '/first-login/factor',
  firstLoginTotp: '/first-login/totp',
  firstLoginCodes: '/first-login/recovery-codes',
  firstLoginHelp: mailedPaths.help,
  reissue: mailedPaths.reissue,
  reissueTaken: '/password-reset/accepted',
  contracts: '/contracts',
  contractMemo: '/contracts/:id/memo',
  orders: '/orders',
  order: '/orders/:id',
  tickets: '/tickets',
  ticket: '/tickets/:id',
  incident: '/incidents/:id',
  password: '/profile/password',
  sessions: '/profile/sessions',
  recoveryCodes: '/profile/recovery-codes',
  notice: '/notices/:id',
  confirm: '/confirm/:id',
  users: '/users',
  addUser: '/users/add',
  selectedUsers: '/users/selected',
  resendExpired: '/users/resend-expired',
  user: '/users/:id',
  editUser: '/users/:id/edit',
  userMail: '/users/:id/mail-address',
  suspendUser: '/users/:id/suspend',
  resumeUser: '/users/:id/resume',
  resendNotice: '/users/:id/resend',
  unlockUser: '/users/:id/unlock',
  signOutUser: '/users/:id/sign-out',
  resetFactor: '/users/:id/second-factor/reset',
  deleteUser: '/users/:id/delete',
  confirmMail: mailedPaths.confirmMail,
  userGroups: '/user-groups',
  addUserGroup: '/user-groups/add',
  userGroup: '/user-groups/:id',
  editUserGroup: '/user-groups/:id/edit',
  copyUserGroup: '/user-groups/:id/copy',
  deleteUserGroup: '/user-groups/:id/delete',
  addGroupMembers: '/user-groups/:id/members/add',
  takeOutGroupMembers: '/user-groups/:id/members/take-out',
  groupRights: '/user-groups/:id/rights',
  setGroupRights: '/user-groups/:id/rights/set',
  setContractRights: '/user-groups/:id/rights/set/:code',
  applyGroupRights: '/user-groups/:id/rights/apply',
  discardGroupRights: '/user-groups/:id/rights/discard',
  ownRights: '/effective-rights',
  rightsOfUser: '/effective-rights/users/:id',
  rightsTrial: '/effective-rights/users/:id/trial',
  rightsOfContract: '/effective-rights/contracts/:id',
  changeHistory: '/change-history',
})

const otherPaths = definePaths({
  delivery: '/login/second-step/delivery',
  resendCode: '/login/second-step/resend',
  signOut: '/logout',
  session: '/session',
  extendSession: '/session/extend',
  endSession: '/profile/sessions/end',
  contractsCsv: '/contracts.csv',
  usersCsv: '/users.csv',
  changeHistoryCsv: '/change-history.csv',
  changeHistoryJson: '/change-history.jsonl',
  pin: '/pinned/set',
  logo: '/brand/logo',
})

/** Every address of the portal, once. */
export const paths = { ...pagePaths, ...otherPaths }

/** The address if it is one of the portal's own pages: where it is safe to send somebody. */
export const ownPath: (address: string) => string | undefined = ownPathIn(pagePaths)
