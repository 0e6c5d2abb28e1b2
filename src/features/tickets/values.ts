import type { z } from 'zod'
import { line, lines } from '#platform/values.ts'

export const longestTitle = 100
export const longestMessage = 20_000
export const longestContact = 100
export const mostContracts = 10
export const mostPersons = 10
/** Of one user within any hour. */
export const mostTickets = 20

export const ticketTitle: z.ZodType<string, string> = line(longestTitle).min(1)
export const ticketText: z.ZodType<string, string> = lines(longestMessage).min(1)
export const ticketContact: z.ZodType<string, string> = line(longestContact)

/** How much of it still works: nothing, a part; or it is only asked about. */
export const ticketImpacts = ['down', 'partly', 'question'] as const
export type TicketImpact = (typeof ticketImpacts)[number]
