import { sql } from 'kysely'
import type { Language } from '#platform/words.ts'
import { askAtNewAddress } from '../change-mail.ts'
import type { ChangedUser, WritingMany } from '../many.ts'
import { writeMail } from './write-mail.ts'

interface Facts {
  id: string
  state: 'awaiting-registration' | 'active' | 'suspended'
  credentialEpoch: number
  mailLanguage: Language
  timeZone: string
}

/** Gives users new addresses: of who awaits registration at once, of others when it is confirmed there. */
export async function changeManyMails(by: WritingMany, changed: readonly ChangedUser[]): Promise<void> {
  const due = new Map(changed.flatMap(({ id, newMail }) => (newMail === undefined ? [] : [[id, newMail] as const])))
  if (due.size === 0) return
  const { tx, actor } = by
  const { rows } = await sql<Facts>`
    select id, state, credential_epoch as "credentialEpoch", mail_language as "mailLanguage", time_zone as "timeZone"
    from portal_user where customer_id = ${actor.customer.id} and id = any(${[...due.keys()]}::uuid[])`.execute(tx)
  for (const user of rows) {
    const newMail = due.get(user.id) ?? ''
    if (user.state === 'awaiting-registration')
      await writeMail(by, { customerId: actor.customer.id, userId: user.id, newMail })
    else await askAtNewAddress(by, user, { newMail, credentialEpoch: user.credentialEpoch })
  }
}
