import { sql } from 'kysely'
import { mailedUrl } from '#features/first-login/links.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Visitor } from '#platform/context.ts'
import type { Language } from '#platform/words.ts'
import { factorResetSoonEmail } from '../factor-reset-soon.email.ts'

/** Who has taken somebody's mailbox has not taken all of them. */
const mostAddresses = 20

/**
 * Writes to all addresses that are known of the customer's only administrator, former ones and one that waits to be confirmed among
 * them, and to its other administrators in whatever state: their factor is going to be reset.
 */
export async function tellOfReset(
  by: Pick<Visitor, 'tx' | 'now'> & Mailing,
  { customerId, userId, at }: { customerId: string; userId: string; at: Date },
): Promise<void> {
  const { rows } = await sql<{ id: string; address: string; language: Language; timeZone: string }>`
    with known as (
      select u.id, u.mail as address, 0 as place from portal_user u
        where u.customer_id = ${customerId} and u.id = ${userId}
      union all select m.user_id, m.new_mail, 1 from mail_change m
        where m.customer_id = ${customerId} and m.user_id = ${userId} and m.expires_at > ${by.now}
      union all (select h.subject_id, h.before ->> 'mail', 2 from change_history h
        where h.customer_id = ${customerId} and h.subject_kind = 'user' and h.subject_id = ${userId} and h.action = 'mail-changed'
        order by h.at desc, h.id desc limit ${sql.lit(mostAddresses)})
      union all select u.id, u.mail, 3 from portal_user u
        where u.customer_id = ${customerId} and u.role = 'portal-administrator' and u.state <> 'deleted' and u.id <> ${userId}
    ), once as (
      select distinct on (fold_text(address)) id, address, place from known where address is not null order by fold_text(address), place)
    select u.id, o.address, u.mail_language as language, u.time_zone as "timeZone"
    from once o join portal_user u on u.id = o.id order by o.place, o.address limit ${sql.lit(mostAddresses)}`.execute(
    by.tx,
  )
  const signInUrl = mailedUrl(by.portalUrl, 'signIn')
  for (const { id, address, language, timeZone } of rows)
    await enqueueMail(
      by,
      { customerId, userId: id, address, language },
      { kind: 'factor-reset-soon', email: factorResetSoonEmail(language, { at, timeZone, signInUrl }), goodUntil: at },
    )
}
