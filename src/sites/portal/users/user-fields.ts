import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { User, UserFields } from '#features/users/user.ts'
import { userValues } from '#features/users/values.ts'
import { type FormValues, rowId } from '#platform/form.ts'
import { typed, typedDay, typedLines } from '#platform/values.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { kanaLabel, periodLabels } from './words.ts'

const exampleMail = 'taro.yamada@example.com'
const examplePhone = '03-0000-2001'

/** A field that is not there is left empty. */
const day = z.union([typedDay, z.literal('')]).default('')
const exampleDay = '2027-04-01'

const groupIds = z.array(rowId).max(1000)

/** 通知設定, as the form sends it. */
const receives = z.enum(['yes', 'no'])

/** What can be set of a user, in the guide's order; the mail address of a user who is there has a page of its own. */
export const userFields = {
  name: { label: userLabels.name, value: typed(userValues.name) },
  kana: { label: kanaLabel, value: typed(userValues.kana) },
  phone: { label: userLabels.phone, value: typed(userValues.phone), example: examplePhone },
  secondFactor: { label: userLabels.secondFactor, value: userValues.secondFactor },
  role: { label: userLabels.role, value: userValues.role },
  mailLanguage: { label: userLabels.mailLanguage, value: userValues.mailLanguage },
  timeZone: { label: userLabels.timeZone, value: userValues.timeZone },
  jobTitle: { label: userLabels.position, value: typed(userValues.jobTitle) },
  mobilePhone: {
    label: userLabels.mobilePhone,
    value: typed(z.union([userValues.mobilePhone, z.literal('')])),
    example: examplePhone,
  },
  comment: { label: userLabels.comment, value: typedLines(userValues.comment) },
  beginsOn: { label: periodLabels.beginsOn, value: day, example: exampleDay },
  endsOn: { label: periodLabels.endsOn, value: day, example: exampleDay },
  notification: { label: userLabels.notification, value: receives },
  groups: { label: userLabels.groups, value: groupIds, many: true },
  offered: { label: userLabels.groups, value: groupIds, many: true },
  taken: { label: userLabels.groups, value: groupIds, many: true },
  do: { label: userLabels.groups, value: z.string().optional() },
} as const

export const mailField = {
  label: userLabels.mailAddress,
  value: typed(userValues.mail),
  example: exampleMail,
} as const

export type UserInput = { [K in keyof typeof userFields]: z.output<(typeof userFields)[K]['value']> }

/** The groups chosen in the end: who ticks one and sends the form without pressing the button between the lists means it. */
export function groupsIn({ groups, offered, taken }: Pick<UserInput, 'groups' | 'offered' | 'taken'>): string[] {
  return [...new Set([...groups, ...offered])].filter((id) => !taken.includes(id))
}

/** What was filled in, as the feature takes it. */
export function fieldsOf(input: Omit<UserInput, 'secondFactor'>): Omit<UserFields, 'secondFactor'> {
  const { name, kana, phone, role, mailLanguage, timeZone, jobTitle, mobilePhone, comment, beginsOn, endsOn } = input
  return {
    name,
    kana,
    phone,
    role,
    mailLanguage,
    timeZone,
    jobTitle,
    mobilePhone,
    comment,
    beginsOn,
    endsOn,
    mobileThresholdMail: input.notification === 'yes',
  }
}

/** What the values of choices are called. */
const choices: Readonly<Record<string, Phrase>> = {
  totp: userLabels.totp,
  'mail-otp': userLabels.mailOtp,
  'general-user': userLabels.generalUser,
  'portal-administrator': userLabels.portalAdministrator,
  ja: userLabels.japanese,
  en: userLabels.english,
  yes: userLabels.receive,
  no: userLabels.doNotReceive,
}

const choiceWord = (value: string, { language }: { language: Language }): string => choices[value]?.[language] ?? value

/** The same, by the fields that have them. */
export const choiceWords = {
  secondFactor: choiceWord,
  role: choiceWord,
  mailLanguage: choiceWord,
  notification: choiceWord,
}

/** A user as the fields show one. */
export function valuesOf(user: User): FormValues {
  return {
    name: user.name,
    kana: user.kana,
    phone: user.phone,
    ...(user.secondFactor && { secondFactor: user.secondFactor }),
    role: user.role,
    mailLanguage: user.mailLanguage,
    timeZone: user.timeZone,
    jobTitle: user.jobTitle,
    mobilePhone: user.mobilePhone,
    comment: user.comment,
    beginsOn: user.beginsOn,
    endsOn: user.endsOn,
    notification: user.mobileThresholdMail ? 'yes' : 'no',
    groups: user.groups.map(({ id }) => id),
  }
}
