import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { readsAsLink } from '#features/users/name-rules.ts'
import type { User, UserFields } from '#features/users/user.ts'
import { type FormValues, rowId } from '#platform/form.ts'
import { isTimeZone } from '#platform/time/format.ts'

const exampleMail = 'taro.yamada@example.com'
const examplePhone = '03-0000-2001'

/** A line of text without what breaks lines, turns their direction, or is no character. */
const line = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u)
/** Something of the name is seen, for people press it to open the user; and in mails it is no link. */
const personName = line
  .min(1)
  .max(100)
  .regex(/[\p{L}\p{N}]/u)
  .superRefine((name, { addIssue }) => {
    if (readsAsLink(name)) addIssue({ code: 'invalid_format', format: 'name', input: name })
  })
/** Half or full width, as people write it; the digits prove who somebody is. */
const phoneNumber = line
  .min(1)
  .max(21)
  .regex(/^[+＋]?[\d０-９ \u3000()（）\-－‐‑–−ー]+$/u)
  .regex(/([\d０-９][^\d０-９]*){6}/u)
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

const groupIds = z.array(rowId).max(1000)

/** 通知設定, as the form sends it. */
const receives = z.enum(['yes', 'no'])

/** What can be set of a user, in the guide's order; the mail address of a user who is there has a page of its own. */
export const userFields = {
  name: { label: userLabels.name, value: personName },
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
export function fieldsOf(input: Omit<UserInput, 'secondFactor'>): Omit<UserFields, 'secondFactor'> {
  const { name, phone, role, mailLanguage, timeZone, jobTitle, mobilePhone, comment } = input
  return {
    name,
    phone,
    role,
    mailLanguage,
    timeZone,
    jobTitle,
    mobilePhone,
    comment,
    mobileThresholdMail: input.notification === 'yes',
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
export function draftOf(input: Readonly<Record<string, string | number | readonly string[] | undefined>>): FormValues {
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => {
      if (value === undefined) return []
      return [[name, typeof value === 'number' ? String(value) : value]]
    }),
  )
}
