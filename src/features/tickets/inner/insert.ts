import { type Insertable, sql } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Keeping } from '#features/attachments/keep.ts'

export interface OpenedTicket {
  id: string
  code: string
}

/** A ticket that was opened in the portal, which no file changes; its code is ours. */
export type PortalTicket = Omit<Insertable<DB['ticket']>, 'customer_id' | 'code' | 'state' | 'origin'>

type Drawing = Pick<Keeping, 'tx' | 'customer'>

/** The next number of the customer's: nobody else draws one until the end of the transaction. */
export async function drawNumber({ tx, customer }: Drawing): Promise<number> {
  const { last_number: drawn } = await tx
    .insertInto('ticket_counter')
    .values({ customer_id: customer.id, last_number: 1 })
    .onConflict((clash) =>
      clash.column('customer_id').doUpdateSet({ last_number: sql`ticket_counter.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow()
  return drawn
}

/** The operator's files have codes of their own, which may look like ours: then the next number is taken. */
export async function insertTicket(by: Drawing, ticket: PortalTicket, drawn: number): Promise<OpenedTicket> {
  const inserted = await by.tx
    .insertInto('ticket')
    .values({
      ...ticket,
      customer_id: by.customer.id,
      code: `Q${String(drawn).padStart(7, '0')}`,
      state: 'received',
      origin: 'portal',
    })
    .onConflict((clash) => clash.columns(['customer_id', 'code']).doNothing())
    .returning(['id', 'code'])
    .executeTakeFirst()
  return inserted ?? insertTicket(by, ticket, await drawNumber(by))
}
