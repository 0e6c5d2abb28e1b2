import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { after, days } from '#platform/time/duration.ts'
import type { Language } from '#platform/words.ts'
import { type Email, sealEmail } from './sealed.ts'

/** How long a mail is tried that is not worthless earlier (RFC 5321, 4.5.4.1: four to five days at least). */
export const tried = 5 * days

export interface Recipient {
  customerId: string
  userId: string
  address: string
  /** The user's メール言語. */
  language: Language
}

export interface NewMail {
  id?: string
  kind: string
  email: Email
  /** When it is of no more use, as a code that has expired: from then on it is not sent, and nothing of it is kept. */
  goodUntil?: Date
}

/**
 * Writes a mail in the transaction of what causes it; a worker hands it over after the commit.
 * Answers the mail's id, by which its delivery can be followed.
 */
export async function enqueueMail(
  { tx, now, secrets }: Pick<Visitor, 'tx' | 'now' | 'secrets'>,
  to: Recipient,
  mail: NewMail,
): Promise<string> {
  const { id = randomUUID() } = mail
  await tx
    .insertInto('mail')
    .values({
      id,
      customer_id: to.customerId,
      user_id: to.userId,
      recipient: to.address,
      kind: mail.kind,
      language: to.language,
      sealed: sealEmail(secrets, id, mail.email),
      created_at: now,
      expires_at: mail.goodUntil ?? after(now, tried),
      // What is good until a moment carries a code or a URL; everything else is of use later, too.
      can_be_resent: mail.goodUntil === undefined,
    })
    .execute()
  await sql`select enqueue_mail(${id})`.execute(tx)
  return id
}
