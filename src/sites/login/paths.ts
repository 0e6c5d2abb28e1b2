import { mailedPaths } from '#features/first-login/links.ts'
import { definePaths } from '#platform/web/paths.ts'

/** What can be looked at of a login. */
export const loginPages = {
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
  confirm: '/confirm/:id',
} as const

/** Targets of its forms, and what its scripts ask. */
export const loginTargets = {
  delivery: '/login/second-step/delivery',
  resendCode: '/login/second-step/resend',
  resendConfirmation: '/resend-confirmation',
  signOut: '/logout',
  session: '/session',
  extendSession: '/session/extend',
} as const

/** The addresses of a login, the same on every site that has one; the tables of those sites take them from here. */
export const paths = definePaths({ ...loginPages, ...loginTargets })
