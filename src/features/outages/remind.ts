import { sql } from 'kysely'
import { houseId } from '#features/house.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Transaction } from '#platform/database/database.ts'
import { at, type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { lateWordEmail } from './late-word.email.ts'
import { isLateAt } from './outage.ts'

/** Whoever writes outages. */
interface Member {
  id: string
  mail: string
  language: Language
  timeZone: string
}

interface LateOutage {
  id: string
  code: string
  title: Phrase
  nextUpdateAt: Date
}

/**
 * Mails those who write outages when a promised word has not come: once for each promise, in the transaction that notes it. Without a
 * console there is nobody to write them.
 */
export async function remindOfUpdates(by: Mailing & { tx: Transaction; now: Date }): Promise<void> {
  const { tx, now, consoleUrl } = by
  if (!consoleUrl) return
  const late = await noteLate(tx, now)
  const members = late.length > 0 ? await listMembers(tx, now) : []
  for (const { id, code, title, nextUpdateAt } of late)
    for (const { id: userId, mail: address, language, timeZone } of members) {
      const url = new URL(`/outages/${id}`, consoleUrl).href
      const email = lateWordEmail(language, { code, title: title[language], nextUpdateAt, timeZone, url })
      await enqueueMail(by, { customerId: houseId, userId, address, language }, { kind: 'late-word', email })
    }
}

async function noteLate(tx: Transaction, now: Date): Promise<LateOutage[]> {
  const { rows } = await sql<Json<LateOutage>>`
    update outage r set reminded_of = r.next_update_at where ${isLateAt(now)} and r.reminded_of is distinct from r.next_update_at
    returning ${lateRow.columns}`.execute(tx)
  return rows.map(lateRow.read)
}

const lateRow = jsonRow<LateOutage>({
  id: value('r.id'),
  code: value('r.code'),
  title: phrase('r.title'),
  nextUpdateAt: at('r.next_update_at'),
})

async function listMembers(tx: Transaction, now: Date): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select u.id, u.mail, u.mail_language as language, u.time_zone as "timeZone"
    from staff_role r join portal_user u on u.customer_id = r.customer_id and u.id = r.user_id join customer c on c.id = u.customer_id
    where r.customer_id = house() and r.role = 'content' and u.state = 'active'
      and is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now}) order by u.id`.execute(tx)
  return rows
}
