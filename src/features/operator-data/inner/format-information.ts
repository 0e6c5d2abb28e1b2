import { z } from 'zod'
import { optional, otherwise } from '#platform/values.ts'
import { code, lines, moment, phrase, secureAddress } from './format-values.ts'

/** What the operator tells its customers, as an import file has it. */

/** A document of the operator's, for one service or for the portal as a whole. */
export const manualEntry = z.strictObject({
  code,
  service: optional(code),
  title: phrase,
  url: secureAddress,
  updatedOn: z.iso.date(),
})

/** What the operator commends, in the order of the page; until `endsAt`, or without end. */
export const recommendationEntry = z.strictObject({
  code,
  /** What is commended, if it is a service. */
  service: optional(code),
  title: phrase,
  /** Plain text; its lines are kept. */
  text: z.strictObject({ ja: lines(1000), en: lines(1000) }),
  url: optional(secureAddress),
  /** Shown to everybody, or to whoever sees a contract of one of these services. */
  for: otherwise(z.union([z.literal('all'), z.array(code).min(1)], 'must be "all" or a list of services'), 'all'),
  endsAt: optional(moment),
})

/**
 * News, or word of works; for every customer, or for the one under which it stands, and never for others than in the
 * beginning. Shown from `publishedAt` until `endsAt`, or without end.
 */
export const noticeEntry = z
  .strictObject({
    code,
    kind: z.enum(['news', 'works']),
    title: phrase,
    /** Plain text; its lines are kept. */
    body: z.strictObject({ ja: lines(4000), en: lines(4000) }),
    publishedAt: moment,
    endsAt: optional(moment),
    /** Shown to whoever sees a contract of one of these services; absent: to everybody. */
    forServices: z.array(code).min(1).max(100).optional(),
    /** Shown to portal administrators alone. */
    forAdministrators: optional(z.boolean()),
  })
  .refine(({ publishedAt, endsAt }) => !endsAt || Date.parse(endsAt) > Date.parse(publishedAt), {
    path: ['endsAt'],
    message: 'must be after "publishedAt"',
  })
