import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { subjectHolds } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { instantOf, numberPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import {
  readTicket,
  seenTickets,
  type Ticket,
  ticketJson,
  type TicketKind,
  ticketKinds,
  type TicketState,
  ticketStates,
} from './ticket.ts'

export const ticketColumns = ['state', 'opened', 'updated'] as const
export type TicketColumn = (typeof ticketColumns)[number]

export interface TicketFilter {
  terms: readonly string[]
  state?: TicketState | undefined
  kind?: TicketKind | undefined
  serviceId?: string | undefined
}

export interface TicketsAsked {
  filter: TicketFilter
  sorting: { by: TicketColumn; descending: boolean }
  place: Place
}

/** Counted by state and kind, whatever the filter names. */
export type TicketList = ListedRows<Ticket, `${TicketState} ${TicketKind}`>

/** The tickets that the user may see. */
export async function listTickets(
  { tx, actor }: Context,
  { filter, sorting, place }: TicketsAsked,
): Promise<TicketList> {
  const { terms, state, kind, serviceId } = filter
  const kinds = (state ? [state] : ticketStates).flatMap((of) =>
    (kind ? [kind] : ticketKinds).map((each) => `${of} ${each}` as const),
  )
  const listed = await readShortList(tx, {
    seen: seenTickets(actor),
    row: ticketJson,
    within: serviceId ? sql`r.service_id = ${serviceId}` : sql`true`,
    matching: subjectHolds(terms),
    kind: sql<(typeof kinds)[number]>`r.state || ' ' || r.kind`,
    kinds,
    order: { columns: [...sortedBy[sorting.by], sql`r.code`], descending: sorting.descending },
    place,
  })
  return { ...listed, rows: listed.rows.map(({ row, key }) => ({ row: readTicket(row), key })) }
}

/** What is still to be done comes first, and of that the newest. */
const sortedBy: Record<TicketColumn, RawBuilder<unknown>[]> = {
  state: [sql`r.state`, sql`-${instantOf('r.opened_at')}`],
  opened: [instantOf('r.opened_at')],
  updated: [instantOf('r.updated_at')],
}

/** Checks the key of a row. */
export function ticketKeyBy(column: TicketColumn): z.ZodType<RowKey> {
  return column === 'state' ? z.tuple([z.enum(ticketStates), numberPart, textPart]) : z.tuple([numberPart, textPart])
}
