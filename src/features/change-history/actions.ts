/** What staff do that concerns no customer alone: it stands in the history of the house. */
const staffActions = [
  'outage-drafted',
  'outage-edited',
  'outage-affects-set',
  'outage-published',
  'outage-updated',
  'outage-ended',
  'outage-withdrawn',
] as const

/** Everything that a history can tell was done: kebab-case, noun first. */
export const changeActions = [
  'contract-memo-changed',
  'contract-moved-away',
  'contract-moved-here',
  'display-changed',
  'password-changed',
  'password-set-anew',
  'recovery-codes-renewed',
  'user-registered',
  'user-added',
  'user-changed',
  'users-imported',
  'user-suspended',
  'user-resumed',
  'user-unlocked',
  'user-signed-out',
  'user-deleted',
  'second-factor-reset',
  'opening-notice-resent',
  'mail-change-requested',
  'mail-change-withdrawn',
  'mail-changed',
  'mail-resent',
  'mail-marked-refused',
  'mail-mark-removed',
  'user-group-added',
  'user-group-rights-copied',
  'user-group-edited',
  'user-group-deleted',
  'user-group-members-added',
  'user-group-members-removed',
  'user-group-rights-changed',
  'logo-set',
  'logo-removed',
  'line-settings-changed',
  'site-placed',
  'membership-planned',
  'membership-plan-cancelled',
  'browser-trust-changed',
  'user-browser-trust-changed',
  'browser-trust-ended',
  'idle-time-changed',
  'user-idle-time-changed',
  'address-limit-trial-begun',
  'address-limit-confirmed',
  'address-limit-reverted',
  'address-limit-fell-back',
  'address-limit-lifted',
  'access-review-closed',
  'order-request-made',
  'order-request-approved',
  'order-request-rejected',
  'order-request-withdrawn',
  'order-request-accepted',
  'order-request-returned',
  'order-changed',
  'order-approval-changed',
  ...staffActions,
  'import-confirmed',
  'notice-published',
  'notice-withdrawn',
  'maintenance-set',
  'maintenance-ended',
] as const

export type ChangeAction = (typeof changeActions)[number]

/** What only a right to edit lets somebody do. An index of the history has them. */
export const editingActions: readonly ChangeAction[] = ['contract-memo-changed', 'line-settings-changed']

/** What a change in a customer's history can be about. */
export const subjectKinds = [
  'user',
  'user-group',
  'contract',
  'customer',
  'user-import',
  'site',
  'access-review',
  'order',
  'order-request',
] as const
export type CustomerSubjectKind = (typeof subjectKinds)[number]
/** Beside these, what is of no customer: it stands in the operator's own history. */
export type SubjectKind = CustomerSubjectKind | 'outage' | 'import' | 'notice' | 'web-site'
