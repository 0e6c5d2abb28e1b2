import { stateWords } from '#sites/frame/states/user-state-words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { SecondFactor } from '#features/users/user.ts'
import type { Phrase } from '#platform/words.ts'
import { kanaLabel, lastLoginLabel, periodLabels, roleWords, stateLabel } from './words.ts'

/** What a column of the users' file is called, whichever way the file goes. */
export const columnLabels = {
  id: { ja: '管理ID', en: 'Record ID' },
  name: userLabels.name,
  kana: kanaLabel,
  mail: userLabels.mailAddress,
  phone: userLabels.phone,
  secondFactor: userLabels.secondFactor,
  role: userLabels.role,
  mailLanguage: userLabels.mailLanguage,
  timeZone: userLabels.timeZone,
  jobTitle: userLabels.position,
  mobilePhone: userLabels.mobilePhone,
  comment: userLabels.comment,
  mobileThresholdMail: userLabels.mobileThresholdMail,
  groups: userLabels.groups,
  beginsOn: periodLabels.beginsOn,
  endsOn: periodLabels.endsOn,
  state: stateLabel,
} satisfies Record<string, Phrase>

/** Told in files, and taken by none. */
export const toldOnly: Phrase = lastLoginLabel

export const factorCells: Record<SecondFactor | 'open', Phrase> = {
  totp: userLabels.totp,
  'mail-otp': userLabels.mailOtp,
  open: { ja: '初回ログインで選択', en: 'Chosen at the first login' },
}
export const languageCells = { ja: userLabels.japanese, en: userLabels.english } satisfies Record<string, Phrase>
export const receiveCells = { true: userLabels.receive, false: userLabels.doNotReceive } satisfies Record<
  string,
  Phrase
>
export const roleCells: typeof roleWords = roleWords
export const stateCells: typeof stateWords = stateWords

/** Names of groups stand in one cell, a line each: no name has a line break. */
export const groupSeparator = '\n'
