import { sql } from 'kysely'
import type { Language } from '#platform/words.ts'
import type { StaffContext } from './answer.ts'
import { drawNumber, insertTicket, type OpenedTicket } from './inner/insert.ts'
import { writeMessage } from './inner/write.ts'
import { tellOfTicket } from './tell.ts'

export interface SaidElsewhere {
  user: { id: string; name: string }
  language: Language
  title: string
  /** What the user has said, word by word; may be empty. */
  said: string
  answer: string
}

/** Answers what a user has said elsewhere: in a ticket about the portal itself that is the user's own, who is told of it by mail. */
export async function openForUser(ctx: StaffContext, about: SaidElsewhere): Promise<OpenedTicket> {
  const { now, customer, by } = ctx
  const { user, language, title, said, answer } = about
  const ticket = await insertTicket(
    ctx,
    {
      kind: 'inquiry',
      title_ja: title,
      title_en: title,
      language,
      opened_by: user.id,
      opened_by_name: user.name,
      opened_at: now,
      updated_at: now,
    },
    await drawNumber(ctx),
  )
  const write = async (message: Parameters<typeof writeMessage>[2]): Promise<void> => {
    const written = await writeMessage(ctx, { id: ticket.id, state: 'received' }, message)
    if (!written.ok) throw new Error('A message without files fills nothing')
  }
  if (said !== '')
    await write({ by: 'customer', authorId: user.id, authorName: user.name, text: said, state: 'received' })
  await write({ by: 'operator', authorId: by.id, authorName: by.name, text: answer, state: 'solved' })
  await sql`update ticket set assigned_to = ${by.id}::uuid where customer_id = ${customer.id} and id = ${ticket.id}`.execute(
    ctx.tx,
  )
  await tellOfTicket(ctx, ticket.id, 'answered')
  return ticket
}
