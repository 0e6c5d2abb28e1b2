import { sql } from 'kysely'
import type { Mailing, OperatorContext } from '#features/operator-context.ts'
import { after } from '#platform/time/duration.ts'
import { closesAfter, closingToldBefore } from './course.ts'
import { lockTicket, writeMessage } from './inner/write.ts'
import { tellOfTicket } from './tell.ts'

type Closing = Pick<OperatorContext, 'tx' | 'now'> & Mailing

interface Solved {
  id: string
  customerId: string
}

/** Of one run: the next takes more. */
const mostAtOnce = 500

/** Closes what was said to be solved a week ago, and says two days before that it is about to be. With the operator's role. */
export async function closeSolvedTickets(by: Closing): Promise<void> {
  for (const ticket of await listSolved(by, { before: after(by.now, -closesAfter), isTold: false }))
    await close(by, ticket)
  const soon = after(by.now, closingToldBefore - closesAfter)
  for (const ticket of await listSolved(by, { before: soon, isTold: true })) await tellClosing(by, ticket)
}

/** Those said to be solved before a moment; for a mail, those that it was not told of. */
async function listSolved(
  { tx }: Closing,
  { before, isTold }: { before: Date; isTold: boolean },
): Promise<readonly Solved[]> {
  const { rows } = await sql<Solved>`
    select id, customer_id as "customerId" from ticket where state = 'solved' and solved_at <= ${before}
      and (${!isTold} or closing_told_at is null)
    order by solved_at limit ${sql.lit(mostAtOnce)}`.execute(tx)
  return rows
}

async function close({ tx, now }: Closing, { id, customerId }: Solved): Promise<void> {
  const by = { tx, now, customer: { id: customerId } }
  const locked = await lockTicket(by, id)
  // Somebody may have written meanwhile.
  if (locked?.state !== 'solved') return
  await writeMessage(by, locked, { by: 'system', authorId: null, authorName: '', text: '', state: 'closed' })
}

async function tellClosing(by: Closing, { id, customerId }: Solved): Promise<void> {
  const customer = { id: customerId }
  await by.tx
    .updateTable('ticket')
    .set({ closing_told_at: by.now })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
  await tellOfTicket({ ...by, customer }, id, 'closing')
}
