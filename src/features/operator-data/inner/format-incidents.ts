import { z } from 'zod'
import { incidentKinds } from '#features/incidents/incident.ts'
import { incidentSteps } from '#features/incidents/steps.ts'
import { optional } from '#platform/values.ts'
import { code, lines, moment, phrase, text } from './format-values.ts'

/** Faults and works, as an import file has them. */

/** In the night of a fault nobody translates: the English may be missing. */
const told = z.strictObject({ ja: lines(5000), en: optional(lines(5000)) })

const update = z.strictObject({
  at: moment,
  step: optional(z.enum(incidentSteps)),
  text: told,
  /** When the next word is promised. */
  nextUpdateAt: optional(moment),
  /** The place in the list, from 1, of the one that it puts right. */
  corrects: optional(z.int().min(1)),
})

/** What faults and works have in common, of one customer or of many. */
const shared = {
  code,
  kind: z.enum(incidentKinds),
  title: phrase,
  startsAt: moment,
  endsAt: optional(moment),
  step: optional(z.enum(incidentSteps)),
  expectedEndAt: optional(moment),
  /** Absent: as the last update says. */
  nextUpdateAt: optional(moment),
  cause: optional(told),
  /** Announced by mistake, or works that do not take place. */
  withdrawnAt: optional(moment),
  /** In the order in which they were said. What was said stays as it is: a correction is an update of its own. */
  updates: optional(z.array(update).max(500)),
}

interface Times {
  startsAt: string
  endsAt?: string | undefined
}

function endsAfterStart({ startsAt, endsAt }: Times): boolean {
  return !endsAt || Date.parse(endsAt) > Date.parse(startsAt)
}

/** A fault or works on contracts; open from `startsAt` until `endsAt`, or without end. */
export const incidentEntry = z
  .strictObject({
    ...shared,
    /** Its contract, where it is one. */
    contract: optional(text(64)),
    contracts: optional(z.array(text(64)).min(1)),
    updatedAt: moment,
  })
  .refine(({ contract, contracts }) => contract !== undefined || contracts !== undefined, {
    message: 'must have "contract" or "contracts"',
  })
  .refine(endsAfterStart, { path: ['endsAt'], message: 'must be after "startsAt"' })

/** 影響範囲: the contracts for which all that is named holds, each by one of its values; and beside them those named by their numbers. */
const affects = z
  .strictObject({
    services: optional(z.array(code).min(1)),
    sites: optional(z.array(z.strictObject({ customer: code, site: code })).min(1)),
    groupNumbers: optional(z.array(text(64)).min(1)),
    /** Of JIS X 0401. */
    prefectures: optional(z.array(z.int().min(1).max(47)).min(1)),
    contracts: optional(z.array(text(64)).min(1)),
  })
  .refine((given) => Object.values(given).some((named) => named !== undefined), 'must name something')

/** A fault or works of many customers: each is told of it as of one of its own. */
export const outageEntry = z
  .strictObject({ ...shared, affects, updatedAt: moment })
  .refine(endsAfterStart, { path: ['endsAt'], message: 'must be after "startsAt"' })
