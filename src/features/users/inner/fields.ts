import type { UserDetails, UserFields } from '../user.ts'

/** What is changed of a user without showing the second factor. */
export const details = [
  'kana',
  'mailLanguage',
  'timeZone',
  'jobTitle',
  'mobilePhone',
  'comment',
  'mobileThresholdMail',
] as const satisfies readonly (keyof UserDetails)[]

/** What 本人確認 asks for, beside the mail address. */
export const identity = ['name', 'phone'] as const satisfies readonly (keyof UserFields)[]

/** 利用開始日 and 利用終了日. */
export const period = ['beginsOn', 'endsOn'] as const satisfies readonly (keyof UserFields)[]

export const critical = [
  ...identity,
  ...period,
  'role',
  'secondFactor',
] as const satisfies readonly (keyof UserFields)[]

/** All that an administrator sets. */
export const allFields = [...details, ...critical] as const satisfies readonly (keyof UserFields)[]

export function pickFields<Name extends keyof UserFields>(
  from: Pick<UserFields, Name>,
  names: readonly Name[],
): Record<string, string | boolean | null> {
  return Object.fromEntries(names.map((name) => [name, from[name]]))
}
