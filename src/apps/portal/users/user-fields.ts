import { z } from 'zod'
import { userLabels } from '#apps/frame/guide-labels.ts'
import type { User, UserFields } from '#features/users/user.ts'
import type { FormValues } from '#platform/form.ts'
import { isTimeZone } from '#platform/time-format.ts'

const exampleMail = 'taro.yamada@example.com'
const examplePhone = '03-0000-2001'

/** A line of text: whatever else a name has in it, it is seen. */
const line = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
const phoneNumber = line.regex(/^[+＋]?[\d０-９ ()（）\-‐‑–−ー]{6,20}$/u)
const zoneName = z.string().superRefine((zone, { addIssue }) => {
  if (zone === '') addIssue({ code: 'invalid_value', values: [], input: zone })
  else if (!isTimeZone(zone)) addIssue({ code: 'invalid_format', format: 'time-zone', input: zone })
})

/** Browsers end lines with a carriage return, too. */
const lines = z
  .string()
  .trim()
  .transform((text) => text.replaceAll('\r\n', '\n'))
  .pipe(
    z
      .string()
      .max(500)
      .regex(/^[^\p{Cs}]*$/u),
  )

const groupIds = z.array(z.uuid()).max(1000)

/** 通知設定, as the form sends it. */
const receives = z.enum(['yes', 'no'])

/** What can be set of a user, in the guide's order; the mail address of a user who is there has a page of its own. */
export const userFields = {
  name: { label: userLabels.name, value: line.min(1).max(100) },
  phone: { label: userLabels.phone, value: phoneNumber, example: examplePhone },
  secondFactor: { label: userLabels.secondFactor, value: z.enum(['totp', 'mail-otp']) },
  role: { label: userLabels.role, value: z.enum(['general-user', 'portal-administrator']) },
  mailLanguage: { label: userLabels.mailLanguage, value: z.enum(['ja', 'en']) },
  timeZone: { label: userLabels.timeZone, value: zoneName },
  jobTitle: { label: userLabels.position, value: line.max(100) },
  mobilePhone: { label: userLabels.mobilePhone, value: z.union([phoneNumber, z.literal('')]), example: examplePhone },
  comment: { label: userLabels.comment, value: lines },
  notification: { label: userLabels.notification, value: receives },
  groups: { label: userLabels.groups, value: groupIds, many: true },
  offered: { label: userLabels.groups, value: groupIds, many: true },
  taken: { label: userLabels.groups, value: groupIds, many: true },
  do: { label: userLabels.groups, value: z.string().optional() },
} as const

export const mailField = {
  label: userLabels.mailAddress,
  value: line.min(1).max(200).pipe(z.email()),
  example: exampleMail,
} as const

export type UserInput = { [K in keyof typeof userFields]: z.output<(typeof userFields)[K]['value']> }

/** What was filled in, as the feature takes it. */
export function fieldsOf(input: UserInput): UserFields & { groupIds: readonly string[] } {
  const { name, phone, secondFactor, role, mailLanguage, timeZone, jobTitle, mobilePhone, comment } = input
  return {
    name,
    phone,
    secondFactor,
    role,
    mailLanguage,
    timeZone,
    jobTitle,
    mobilePhone,
    comment,
    mobileThresholdMail: input.notification === 'yes',
    groupIds: input.groups,
  }
}

/** A user as the fields show one. */
export function valuesOf(user: User): FormValues {
  return {
    name: user.name,
    phone: user.phone,
    ...(user.secondFactor && { secondFactor: user.secondFactor }),
    role: user.role,
    mailLanguage: user.mailLanguage,
    timeZone: user.timeZone,
    jobTitle: user.jobTitle,
    mobilePhone: user.mobilePhone,
    comment: user.comment,
    notification: user.mobileThresholdMail ? 'yes' : 'no',
    groups: user.groups.map(({ id }) => id),
  }
}

/** What was filled in, to be shown again after the second factor was asked for. */
export function draftOf(input: Partial<UserInput> & { mail?: string }): FormValues {
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
