import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type ChangeByAnybody, operatorFor, recordChange } from '#features/change-history/record.ts'
import type { Transaction } from '#platform/database/database.ts'
import { lastingCauses } from './causes.ts'

// An address that takes no mails is marked: administrators and staff see it, and nothing that is merely wished for is sent there.

/** Marks the address of a user, or takes the mark back, in a context that works for the customer. Answers whether it was otherwise. */
export async function markAddress(
  by: Context,
  { userId, mail, isRefused }: { userId: string; mail: string; isRefused: boolean },
): Promise<boolean> {
  return mark(by, { userId, mail, isRefused })
}

/** The worker's: marks the address of a mail that the server refused, where it says that nobody is there. */
export async function markRefused(tx: Transaction, mailId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ customerId: string; userId: string; mail: string }>`
    select m.customer_id as "customerId", m.user_id as "userId", m.recipient as mail from mail m
    where m.id = ${mailId} and m.state = 'refused' and m.user_id is not null
      and mail_cause(m.state, m.last_problem) = any(${lastingCauses}::text[])`.execute(tx)
  const [found] = rows
  if (!found) return
  const { customerId, ...address } = found
  await mark({ tx, now, actor: operatorFor({ id: customerId }) }, { ...address, isRefused: true })
}

async function mark(
  by: ChangeByAnybody,
  { userId, mail, isRefused }: { userId: string; mail: string; isRefused: boolean },
): Promise<boolean> {
  const { tx, now, actor } = by
  const { rows } = await sql<{ name: string }>`
    update portal_user set mail_refused_at = ${isRefused ? now : null}
    where customer_id = ${actor.customer.id} and id = ${userId} and mail = ${mail} and state <> 'deleted'
      and (mail_refused_at is null) = ${isRefused} returning name`.execute(tx)
  const [user] = rows
  if (!user) return false
  await recordChange(by, {
    action: isRefused ? 'mail-marked-refused' : 'mail-mark-removed',
    subject: { kind: 'user', id: userId, name: user.name },
    after: { mail },
  })
  return true
}
