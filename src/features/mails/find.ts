import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, type Json, jsonRow, rowOrNull, value } from '#platform/database/json-row.ts'
import type { MailCause, MailState } from './causes.ts'

/** A mail as staff see it: everything but what it says. */
export interface StaffMail {
  id: string
  customerId: string
  kind: string
  state: MailState
  recipient: string
  /** Null: it was meant for nobody who has an account. */
  user: MailedUser | null
  /** What it means that it was not sent. */
  cause: MailCause
  /** What was heard of it last, without any address. */
  problem: string | null
  tries: number
  createdAt: Date
  triedAt: Date | null
  expiresAt: Date
  resentAt: Date | null
  /** Its text is kept, to be sent again. */
  canBeResent: boolean
}

export interface MailedUser {
  id: string
  name: string
  /** The address now. */
  mail: string
  /** Since when it is marked as one that takes no mails. */
  refusedAt: Date | null
  isAwaiting: boolean
}

/** A mail of whatever customer but the house. */
export async function findMailForStaff({ tx }: Pick<Visitor, 'tx'>, id: string): Promise<StaffMail | undefined> {
  const { rows } = await sql<Json<StaffMail>>`
    select ${row.columns} from mail d where d.id = ${id} and d.customer_id <> house()`.execute(tx)
  return rows[0] && row.read(rows[0])
}

const row = jsonRow<StaffMail>({
  id: value('d.id'),
  customerId: value('d.customer_id'),
  kind: value('d.kind'),
  state: value('d.state'),
  recipient: value('d.recipient'),
  user: rowOrNull(
    jsonRow<MailedUser>({
      id: value('u.id'),
      name: value('u.name'),
      mail: value('u.mail'),
      refusedAt: at('u.mail_refused_at'),
      isAwaiting: value(sql`u.state = 'awaiting-registration'`),
    }),
    sql`portal_user u where u.customer_id = d.customer_id and u.id = d.user_id and u.state <> 'deleted'`,
  ),
  cause: value(sql`mail_cause(d.state, d.last_problem)`),
  problem: value('d.last_problem'),
  tries: value('d.tries'),
  createdAt: at('d.created_at'),
  triedAt: at('d.last_tried_at'),
  expiresAt: at('d.expires_at'),
  resentAt: at('d.resent_at'),
  canBeResent: value('d.can_be_resent'),
})
