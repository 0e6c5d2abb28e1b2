import { z } from 'zod'
import { ticketText } from '#features/tickets/values.ts'
import { optional } from '#platform/values.ts'
import { code, moment, phrase, text } from './format-values.ts'

/** What was written in a ticket. */
const ticketMessageEntry = z.strictObject({
  at: moment,
  by: z.enum(['customer', 'operator']),
  author: text(100),
  text: ticketText,
})

/** What the customer has asked or reported, about one of its contracts or about a service. */
export const ticketEntry = z
  .strictObject({
    code,
    service: code,
    contract: optional(text(64)),
    kind: z.enum(['fault', 'inquiry']),
    title: phrase,
    state: z.enum(['received', 'open', 'waiting-for-customer', 'solved', 'closed']),
    openedAt: moment,
    updatedAt: moment,
    /** Numbers of further contracts. */
    contracts: z.array(text(64)).max(100).optional(),
    /** The code of one of the customer's incidents, or of an outage that reaches it. */
    incident: optional(code),
    /** In order. None is ever taken away. */
    messages: z.array(ticketMessageEntry).max(1000).optional(),
  })
  .refine(({ openedAt, updatedAt }) => Date.parse(updatedAt) >= Date.parse(openedAt), {
    path: ['updatedAt'],
    message: 'must not be before "openedAt"',
  })
