import { z } from 'zod'

/**
 * The format of an import file: one JSON object in UTF-8. Every key of it is optional, and what a key names is complete:
 * what the portal has beyond it is listed after the import. No credential has a place here.
 *
 *     { "operator": …, "serviceCategories": […], "services": […],
 *       "customers": [{ "code": …, "name": …, "sites": […], "contracts": […], "incidents": […], "groups": […], "users": […] }] }
 *
 * Codes are the operator's own and never change: by them an import finds what it has brought before.
 */
export type ImportContent = z.output<typeof importFormat>
export type OperatorEntry = z.output<typeof operatorEntry>
export type CustomerEntry = z.output<typeof customerEntry>
export type ContractEntry = z.output<typeof contractEntry>
export type GroupEntry = z.output<typeof groupEntry>
export type UserEntry = z.output<typeof userEntry>

/** One line of text as PostgreSQL can keep it; its length is counted in characters, as the database counts. */
const text = (most: number) =>
  z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
    .regex(/^\S(.*\S)?$/su, 'must not be empty, nor begin or end with a space')
    .refine((value) => Array.from(value).length <= most, `must not be longer than ${most} characters`)

const code = z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens, dots or underscores')
const moment = z.iso.datetime({ offset: true })
const phone = z.string().regex(/^\+?[\d ()-]{6,20}$/, 'must be a telephone number such as 03-0000-0101')
const mail = z.email().max(254)
const level = z.enum(['view', 'edit'])

/** Only names that every system means alike; PostgreSQL reads `+09:00` with the opposite sign. */
const timeZone = z.string().refine(isTimeZone, 'must be the name of a time zone such as Asia/Tokyo')

const phrase = z.strictObject({ ja: text(200), en: text(200) })

const logo = z
  .strictObject({
    /** The text of the drawing. */
    svg: z
      .string()
      .max(200_000)
      .regex(/^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/, 'must be an SVG drawing')
      .optional(),
    /** The picture in Base64. */
    png: z
      .base64()
      .max(1_000_000)
      .regex(/^iVBORw0KGgo/, 'must be a PNG picture in Base64')
      .optional(),
  })
  .refine(({ svg, png }) => (svg === undefined) !== (png === undefined), 'must have either "svg" or "png"')

/** The carrier whose portal this is: its brand and its rules. */
const operatorEntry = z.strictObject({
  name: phrase,
  slogan: phrase,
  logo: logo.optional(),
  /** Help and legal pages, in the order of the footer. */
  links: z.array(z.strictObject({ ja: text(100), en: text(100), url: z.url({ protocol: /^https?$/ }) })).default([]),
  /** What a contract number looks like: a POSIX regular expression. */
  contractNumberPattern: text(200),
  timeZone: timeZone.default('Asia/Tokyo'),
  /** How long the first registration URL of a user is good for. */
  firstLoginDays: z.int().min(1).max(30).default(7),
})

/** In the order of the menu. */
const serviceCategoryEntry = z.strictObject({ code, name: phrase })

/** In the order of the menu; `category` is the code of its category. */
const serviceEntry = z.strictObject({ code, category: code, name: phrase })

const siteEntry = z.strictObject({ code, name: text(200) })

const contractEntry = z.strictObject({
  number: text(64),
  /** The operator's number for the contracts under one extension plan; not a user group. */
  groupNumber: text(64).optional(),
  /** Codes of a service and of one of the customer's sites. */
  service: code,
  site: code.optional(),
  /** What the memo is in the beginning. Afterwards it is the customer's, and no import changes it. */
  memo: text(100).optional(),
  opensOn: z.iso.date().optional(),
  suspended: z.boolean().default(false),
  /** Ends the contract; not before the day has come. */
  endedOn: z.iso.date().optional(),
})

/** A fault or works on a contract; open from `startsAt` until `endsAt`, or without end. */
const incidentEntry = z
  .strictObject({
    code,
    contract: text(64),
    kind: z.enum(['fault', 'works']),
    title: phrase,
    startsAt: moment,
    endsAt: moment.optional(),
    updatedAt: moment,
  })
  .refine(({ startsAt, endsAt }) => !endsAt || Date.parse(endsAt) > Date.parse(startsAt), {
    path: ['endsAt'],
    message: 'must be after "startsAt"',
  })

/** Created once; afterwards it is the customer's own. */
const groupEntry = z.strictObject({
  name: text(64),
  description: text(400).optional(),
  /** The highest of the three layers counts; services by code, contracts by number. */
  rights: z
    .strictObject({
      allServices: level.optional(),
      services: z.record(code, level).default({}),
      contracts: z.record(z.string(), level).default({}),
    })
    .default({ services: {}, contracts: {} }),
})

/** Created once, awaiting registration; afterwards it is the customer's own. */
const userEntry = z.strictObject({
  /** The user ID of the login. */
  mail,
  name: text(100),
  phone,
  role: z.enum(['general-user', 'portal-administrator']),
  /** Absent: chosen at the first login. */
  secondFactor: z.enum(['totp', 'mail-otp']).optional(),
  mailLanguage: z.enum(['ja', 'en']).default('ja'),
  /** Absent: the operator's. */
  timeZone: timeZone.optional(),
  jobTitle: text(100).optional(),
  mobilePhone: phone.optional(),
  comment: text(1000).optional(),
  mobileThresholdMail: z.boolean().default(false),
  /** Names of groups: those of the file, the customer's, and the automatic one. */
  groups: z.array(text(64)).default([]),
})

const customerEntry = z.strictObject({
  code,
  name: text(200),
  sites: z.array(siteEntry).optional(),
  contracts: z.array(contractEntry).optional(),
  incidents: z.array(incidentEntry).optional(),
  groups: z.array(groupEntry).optional(),
  users: z.array(userEntry).optional(),
})

export const importFormat = z.strictObject({
  operator: operatorEntry.optional(),
  serviceCategories: z.array(serviceCategoryEntry).optional(),
  services: z.array(serviceEntry).optional(),
  customers: z.array(customerEntry).optional(),
})

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}
