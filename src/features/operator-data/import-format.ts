import { z } from 'zod'
import { lineFrame } from '#features/lines/values.ts'
import { contractMemo } from '#features/contracts/values.ts'
import { groupDescription, groupName } from '#features/user-groups/values.ts'
import { mailAddress, phoneNumber, userValues } from '#features/users/values.ts'
import { optional, otherwise, timeZoneName } from '#platform/values.ts'
import { manualEntry, noticeEntry, recommendationEntry } from './inner/format-information.ts'
import { ticketEntry } from './inner/format-tickets.ts'
import { incidentEntry, outageEntry } from './inner/format-incidents.ts'
import { orderForms } from './inner/format-order-forms.ts'
import { orderEntry } from './inner/format-orders.ts'
import { code, contactWindow, level, phrase, secureAddress, text } from './inner/format-values.ts'

/**
 * The format of an import file: one JSON object in UTF-8. Every key of it is optional, and what a key names is complete:
 * what the portal has beyond it is listed after the import. No credential has a place here.
 *
 *     { "operator": …, "serviceCategories": […], "services": […], "manuals": […], "recommendations": […],
 *       "notices": […], "outages": […],
 *       "customers": [{ "code": …, "name": …, "sites": […], "contracts": […], "incidents": […], "orders": […], "tickets": […],
 *         "blockedTraffic": […], "notices": […], "groups": […], "users": […] }] }
 *
 * Codes are the operator's own and never change: by them an import finds what it has brought before.
 */
export type ImportContent = z.output<typeof importFormat>
export type OperatorEntry = z.output<typeof operatorEntry>
export type CustomerEntry = z.output<typeof customerEntry>

const logo = z
  .strictObject({
    /** The text of the drawing. */
    svg: optional(
      z
        .string()
        .max(200_000)
        .regex(/^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/, 'must be an SVG drawing'),
    ),
    /** The picture in Base64. */
    png: optional(
      z
        .base64()
        .max(1_000_000)
        .regex(/^iVBORw0KGgo/, 'must be a PNG picture in Base64'),
    ),
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
  timeZone: otherwise(timeZoneName, 'Asia/Tokyo'),
  /** How long the first registration URL of a user is good for. */
  firstLoginDays: otherwise(z.int().min(1).max(30), 7),
  /** How long logins and logouts are kept. */
  accessHistoryYears: otherwise(z.int().min(2).max(7), 2),
  /** For whatever no service's own window is for. */
  window: optional(contactWindow),
})

/** In the order of the menu. */
const serviceCategoryEntry = z.strictObject({ code, name: phrase })

/** 「オプション設定」: where something of a service is set, outside the portal. */
const optionEntry = z.strictObject({ name: phrase, text: phrase, url: secureAddress })

/** In the order of the menu; `category` is the code of its category. */
const serviceEntry = z.strictObject({
  code,
  category: code,
  name: phrase,
  /** In the order of its page. */
  options: z.array(optionEntry).default([]),
  /** What users call it where its settings site is meant; absent: it has none. */
  settingsName: optional(phrase),
  /** Where its charges are looked up. */
  charges: optional(secureAddress),
  /** Where it is asked about. */
  window: optional(contactWindow),
  /** Its contracts have counts of blocked traffic. */
  blocksTraffic: otherwise(z.boolean(), false),
  /** Within so many hours an inquiry is answered. */
  answerHours: otherwise(z.int().min(1).max(8760), 24),
  /** By which something of it is ordered, changed or ended. */
  orderForms: orderForms.default([]),
})

const siteEntry = z.strictObject({ code, name: text(200) })

/** Whom the operator calls about a contract: お客様のご連絡先. */
const contractContact = z.strictObject({
  role: phrase,
  name: text(100),
  phone: optional(phoneNumber),
  mail: optional(mailAddress),
})

const contractEntry = z.strictObject({
  number: text(64),
  /** The operator's number for the contracts under one extension plan; not a user group. */
  groupNumber: optional(text(64)),
  /** Codes of a service and of one of the customer's sites. */
  service: code,
  site: optional(code),
  /** What the memo is in the beginning. Afterwards it is the customer's, and no import changes it. */
  memo: optional(contractMemo),
  contacts: z.array(contractContact).max(20).default([]),
  opensOn: optional(z.iso.date()),
  suspended: otherwise(z.boolean(), false),
  /** Ends the contract; not before the day has come. */
  endedOn: optional(z.iso.date()),
  /** Its telephone system, where its service has a settings site; absent: it is not set up yet. */
  line: optional(lineFrame),
})

/** How much traffic a service has kept from the customer, or from one of its contracts, on a day in the operator's time zone. */
const blockedTrafficEntry = z.strictObject({
  day: z.iso.date(),
  service: code,
  contract: optional(text(64)),
  /** Such as unauthorised access. Its Japanese name tells kinds apart. */
  kind: phrase,
  count: z.int().min(0),
})

/** Created once; afterwards it is the customer's own. */
const groupEntry = z.strictObject({
  name: groupName,
  description: optional(groupDescription),
  /** The highest of the three layers counts; services by code, contracts by number. */
  rights: z
    .strictObject({
      allServices: optional(level),
      services: z.record(code, level).default({}),
      contracts: z.record(z.string(), level).default({}),
    })
    .default({ services: {}, contracts: {} }),
})

/** Created once, awaiting registration; afterwards it is the customer's own. */
const userEntry = z.strictObject({
  /** The user ID of the login. */
  mail: userValues.mail,
  name: userValues.name,
  kana: optional(userValues.kana),
  phone: userValues.phone,
  role: userValues.role,
  /** Absent: chosen at the first login. */
  secondFactor: optional(userValues.secondFactor),
  mailLanguage: otherwise(userValues.mailLanguage, 'ja'),
  /** Absent: the customer's. */
  timeZone: optional(userValues.timeZone),
  jobTitle: optional(userValues.jobTitle),
  mobilePhone: optional(userValues.mobilePhone),
  comment: optional(userValues.comment),
  mobileThresholdMail: otherwise(z.boolean(), false),
  /** First and last day of use, days of the customer's zone; absent: without a limit. */
  beginsOn: optional(userValues.beginsOn),
  endsOn: optional(userValues.endsOn),
  /** Names of groups: those of the file, the customer's, and the automatic one. */
  groups: z.array(text(64)).default([]),
})

const customerEntry = z.strictObject({
  code,
  name: text(200),
  /** Of its new users, and of the days on which something begins; absent: the operator's. */
  timeZone: optional(timeZoneName),
  sites: z.array(siteEntry).optional(),
  contracts: z.array(contractEntry).optional(),
  incidents: z.array(incidentEntry).optional(),
  orders: z.array(orderEntry).optional(),
  tickets: z.array(ticketEntry).optional(),
  blockedTraffic: z.array(blockedTrafficEntry).optional(),
  notices: z.array(noticeEntry).optional(),
  groups: z.array(groupEntry).optional(),
  users: z.array(userEntry).optional(),
})

export const importFormat = z.strictObject({
  operator: operatorEntry.optional(),
  serviceCategories: z.array(serviceCategoryEntry).optional(),
  services: z.array(serviceEntry).optional(),
  manuals: z.array(manualEntry).optional(),
  recommendations: z.array(recommendationEntry).optional(),
  notices: z.array(noticeEntry).optional(),
  customers: z.array(customerEntry).optional(),
  outages: z.array(outageEntry).optional(),
})
