import type { Period } from '#features/periods-of-use/period.ts'
import type { Role } from '#features/actor.ts'
import type { Telling } from '#features/mails/tell-administrators.ts'
import type { Visitor } from '#platform/context.ts'
import type { Language } from '#platform/words.ts'

/** What is written of a user among many; the rest has ways of its own. */
export interface WrittenFields extends Period {
  name: string
  kana: string
  phone: string
  role: Role
  mailLanguage: Language
  timeZone: string
  jobTitle: string
  mobilePhone: string
  comment: string
  mobileThresholdMail: boolean
}

export const writtenFields = [
  'name',
  'kana',
  'phone',
  'role',
  'mailLanguage',
  'timeZone',
  'jobTitle',
  'mobilePhone',
  'comment',
  'mobileThresholdMail',
  'beginsOn',
  'endsOn',
] as const satisfies readonly (keyof WrittenFields)[]

/** Groups by their ids. */
interface GroupChange {
  joined: readonly string[]
  left: readonly string[]
}

/** A user to add, who chooses the second factor at the first login; `row`: by which faults are told. */
export interface AddedUser extends GroupChange {
  row: number
  id: string
  mail: string
  fields: WrittenFields
}

/** A user to change: of the fields, those that differ. */
export interface ChangedUser extends GroupChange {
  row: number
  id: string
  /** Of the user, when it was compared. */
  version: number
  mail: string
  name: string
  newMail?: string
  before: Partial<WrittenFields>
  fields: Partial<WrittenFields>
}

export interface Many {
  added: readonly AddedUser[]
  changed: readonly ChangedUser[]
  /** Of whatever group is named; `version` changes with what it gives. */
  groups: readonly { id: string; name: string; version: number }[]
}

export type ManyProblem =
  | 'mail-taken'
  | 'mail-unavailable'
  | 'changed-meanwhile'
  | 'no-administrator'
  | 'period-reversed'
  | 'no-longer-administrator'

export interface ManyFault {
  /** 0: all of it. */
  row: number
  field?: 'mail' | 'endsOn'
  problem: ManyProblem
}

/** The operator's role, in the name of an administrator who has confirmed it. */
export interface WritingMany extends Telling, Pick<Visitor, 'portalUrl' | 'log'> {
  /** Of what the change is recorded as. */
  importId: string
  /** Called with how many are done. What it throws ends the work. */
  progress: (users: number) => Promise<void>
}
