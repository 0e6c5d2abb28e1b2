import { createTransport } from 'nodemailer'
import { sql } from 'kysely'
import type { Config } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import { seconds } from '#platform/duration.ts'
import type { Secrets } from '#platform/secrets.ts'
import type { Email } from './enqueue.ts'

/** Hands one mail over to whoever delivers it. */
export type Carrier = (mail: Email & { to: string; messageId: string }) => Promise<'sent' | 'kept' | 'refused'>

/** Tells that this mail will never be taken, so that nobody tries again. */
const refusedForGood = (error: unknown): boolean =>
  error instanceof Error &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500

/** By SMTP when it is configured. A demo keeps its mails, and gives none to anybody outside the reserved domains (RFC 2606). */
export function openCarrier({ smtpUrl, mailFrom, demo }: Pick<Config, 'smtpUrl' | 'mailFrom' | 'demo'>): Carrier {
  if (!smtpUrl) return async () => 'kept'
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: 3 * seconds,
      greetingTimeout: 3 * seconds,
      socketTimeout: 10 * seconds,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: mailFrom, replyTo: mailFrom },
  )
  return async ({ to, subject, text, messageId }) => {
    if (demo && !isReserved(to)) return 'refused'
    await transport.sendMail({
      to: { name: '', address: to },
      subject,
      text,
      messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return 'sent'
  }
}

function isReserved(address: string): boolean {
  return /@(?:[\w-]+\.)*(?:example\.(?:com|net|org|jp|co\.jp|ne\.jp)|[\w-]+\.(?:example|test|invalid))$/i.test(address)
}

export interface Delivery {
  database: Database
  secrets: Secrets
  carrier: Carrier
  mailFrom: string
  now: () => Date
}

/**
 * Sends one mail that waits. The row stays locked meanwhile, so that two workers cannot both send it; a worker that dies
 * between the server's yes and the commit sends a twin at most, with the same Message-ID.
 * Throws when it is worth another try.
 */
export async function deliverMail(delivery: Delivery, mailId: string): Promise<void> {
  const { database, secrets, carrier, mailFrom, now } = delivery
  const failed = await database.transaction(async (tx) => {
    const mail = await tx
      .selectFrom('mail')
      .where('id', '=', mailId)
      .where('state', '=', 'queued')
      .select(['recipient', 'sealed'])
      .forUpdate()
      .executeTakeFirst()
    if (!mail?.sealed) return undefined
    // Sealed by enqueueMail: nobody else can have made it.
    const email = JSON.parse(secrets.open(`mail ${mailId}`, mail.sealed)) as Email
    const messageId = `<${mailId}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1).replace('>', '')}>`
    const outcome = await carrier({ ...email, to: mail.recipient, messageId }).catch((error: unknown) => ({ error }))
    const tried = tx
      .updateTable('mail')
      .where('id', '=', mailId)
      .set({ tries: sql`tries + 1`, last_tried_at: now() })
    if (typeof outcome === 'object') {
      const isOver = refusedForGood(outcome.error)
      await tried
        .set({
          last_problem: String(outcome.error).slice(0, 300),
          ...(isOver && { state: 'refused' as const, sealed: null }),
        })
        .execute()
      return isOver ? undefined : outcome
    }
    // What carries a code or link is gone as soon as it is sent; only a demo's mailbox keeps it.
    await tried
      .set({
        state: outcome,
        sent_at: outcome === 'refused' ? null : now(),
        last_problem: null,
        ...(outcome !== 'kept' && { sealed: null }),
      })
      .execute()
    return undefined
  })
  if (failed) throw new Error('The mail could not be handed over', { cause: failed.error })
}
