import { z } from 'zod'
import { orderStates, orderSteps } from '#features/orders/order.ts'
import { optional } from '#platform/values.ts'
import { code, lines, moment, phrase, text } from './format-values.ts'

/** What is said of one step of an order. */
const orderStepEntry = z
  .strictObject({
    state: z.enum(orderSteps),
    /** For which it is planned, or on which it was. */
    day: optional(z.iso.date()),
    /** The English may be missing. */
    note: optional(z.strictObject({ ja: lines(1000), en: optional(lines(1000)) })),
  })
  .refine(({ day, note }) => day !== undefined || note !== undefined, { message: 'must have "day" or "note"' })

/** What the customer has ordered: for one of its contracts, or a new one of a service. */
export const orderEntry = z
  .strictObject({
    code,
    service: code,
    contract: optional(text(64)),
    title: phrase,
    state: z.enum(orderStates),
    orderedOn: z.iso.date(),
    /** The day promised. */
    deliveryOn: optional(z.iso.date()),
    updatedAt: moment,
    /** One for each state at most. Absent: as they are. */
    steps: z
      .array(orderStepEntry)
      .max(orderSteps.length)
      .refine((steps) => new Set(steps.map(({ state }) => state)).size === steps.length, 'must have each state once')
      .optional(),
    /** 開通案内: what there is to know at the opening. Absent: as it is. */
    opening: optional(z.strictObject({ ja: lines(5000), en: optional(lines(5000)) })),
  })
  .refine(({ orderedOn, deliveryOn }) => !deliveryOn || deliveryOn >= orderedOn, {
    path: ['deliveryOn'],
    message: 'must not be before "orderedOn"',
  })
