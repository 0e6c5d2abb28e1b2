import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import type { Language } from '#platform/words.ts'

/** A mail as a person reads it: plain text. */
export interface Email {
  subject: string
  text: string
}

export interface Recipient {
  customerId: string
  userId: string
  address: string
  /** The user's メール言語. */
  language: Language
}

/**
 * Writes a mail in the transaction of what causes it; a worker hands it over after the commit.
 * The text is sealed, since it may carry a code or a link. Answers the mail's id, by which its delivery can be followed.
 */
export async function enqueueMail(
  visitor: Visitor,
  to: Recipient,
  mail: { id?: string; kind: string; email: Email },
): Promise<string> {
  const { tx, now, secrets } = visitor
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
      sealed: secrets.seal(`mail ${id}`, JSON.stringify(mail.email)),
      created_at: now,
    })
    .execute()
  await sql`select enqueue_mail(${id})`.execute(tx)
  return id
}
