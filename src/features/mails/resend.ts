import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after } from '#platform/time/duration.ts'
import type { Transaction } from '#platform/database/database.ts'
import { tried } from './enqueue.ts'
import type { StaffMail } from './find.ts'

/** Why a mail is not sent again. */
export type NotResent = 'not-waiting' | 'text-gone' | 'no-user' | 'address-refused' | 'right-lost'

/**
 * Has a mail sent that did not arrive, in a context that works for its customer: what waits is tried at once, and what was given up
 * goes to the address that its user has now. Nobody is told what they may have lost the right to meanwhile.
 */
export async function resendMail(ctx: Context, mail: StaffMail): Promise<Outcome<void, NotResent>> {
  const { tx, now } = ctx
  const refused = await problemWith(tx, mail)
  if (refused) return refuse(refused)
  if (mail.state !== 'queued') {
    const { rows } = await sql<{ isResent: boolean }>`
      select door.resend_mail(${mail.id}, ${now}, ${after(now, tried)}) as "isResent"`.execute(tx)
    if (!rows[0]?.isResent) return refuse('not-waiting')
  }
  await sql`select enqueue_mail(${mail.id})`.execute(tx)
  if (mail.user)
    await recordChange(ctx, {
      action: 'mail-resent',
      subject: { kind: 'user', id: mail.user.id, name: mail.user.name },
      after: { kind: mail.kind },
    })
  return done()
}

/** Undefined: nothing is in its way. */
async function problemWith(tx: Transaction, mail: StaffMail): Promise<NotResent | undefined> {
  if (mail.state === 'queued') return undefined
  if (mail.state !== 'refused' && mail.state !== 'expired') return 'not-waiting'
  if (!mail.canBeResent) return 'text-gone'
  if (!mail.user) return 'no-user'
  if (mail.user.refusedAt) return 'address-refused'
  return (await hasLostSince(tx, mail, mail.user.id)) ? 'right-lost' : undefined
}

/** Whether a group, a rule of one of the own groups, or the role of an administrator was taken away since the mail was written. */
async function hasLostSince(tx: Transaction, { customerId, createdAt }: StaffMail, userId: string): Promise<boolean> {
  const ended = (record: string): RawBuilder<unknown> => sql`(${sql.ref(`${record}.customer_id`)} = ${customerId}
    and ${sql.ref(`${record}.until`)} >= ${createdAt} and ${sql.ref(`${record}.until`)} < 'infinity')`
  const { rows } = await sql<{ hasLost: boolean }>`
    select exists (select from membership_record m where ${ended('m')} and m.user_id = ${userId})
      or exists (select from right_record r where ${ended('r')} and r.user_group_id in (
        select user_group_id from membership_record where customer_id = ${customerId} and user_id = ${userId}))
      or exists (select from user_record o join user_record n on n.customer_id = o.customer_id and n.id = o.id and n.until = 'infinity'
        where ${ended('o')} and o.id = ${userId} and o.role = 'portal-administrator' and n.role <> o.role) as "hasLost"`.execute(
    tx,
  )
  return rows[0]?.hasLost ?? true
}
