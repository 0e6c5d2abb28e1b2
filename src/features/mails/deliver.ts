import { createTransport, type NodemailerError, type SendMailOptions, type Transporter } from 'nodemailer'
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport/index.js'
import { sql, type Updateable } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Database } from '#platform/database/database.ts'
import { seconds } from '#platform/time/duration.ts'
import type { Log } from '#platform/log.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { markRefused } from './refused-addresses.ts'
import { type Email, openEmail } from './sealed.ts'

/** Hands one mail over to whoever delivers it. */
export type Carrier = (mail: Email & { to: string; messageId: string }) => Promise<'sent' | 'kept' | 'refused'>

/**
 * Whether the server will never take this mail: it has refused the recipient or the message for good (RFC 5321, 4.2.1).
 * A greeting, a password or a sender that is refused is ours to put right, and says nothing of the mail.
 */
function isRefusedForGood(error: unknown): boolean {
  // Whatever else was thrown has none of these.
  const { code, command, permanent } = error as NodemailerError
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM' && permanent === true
}

/** How mails leave this installation. */
export interface MailSettings {
  /** Absent: they are kept. */
  smtpUrl?: string
  mailFrom: string
  demo: boolean
}

/** By SMTP when it is configured. A demo keeps its mails, and gives none to anybody outside the reserved domains (RFC 2606). */
export function openCarrier({ smtpUrl, mailFrom, demo }: MailSettings): Carrier {
  if (!smtpUrl) return async () => 'kept'
  const transport = transportTo(smtpUrl, mailFrom)
  return async ({ to, messageId, ...email }) => {
    if (!isOneAddress(to) || (demo && !isReserved(to))) return 'refused'
    const taken = await transport.sendMail({ to: { name: '', address: to }, messageId, ...contentOf(email) })
    // One was asked for: a server that has taken another number has taken another mail.
    if (taken.accepted.length !== 1 || taken.rejected.length > 0)
      throw new Error(`The server has taken the mail for ${taken.accepted.length} recipients instead of one`)
    return 'sent'
  }
}

/** What is wrong with the mail server, asked once without a mail; undefined: nothing, or none is configured. */
export async function findCarrierProblem({ smtpUrl, mailFrom }: MailSettings): Promise<string | undefined> {
  if (!smtpUrl) return undefined
  const transport = transportTo(smtpUrl, mailFrom)
  try {
    await transport.verify()
    return undefined
  } catch (error) {
    return problemOf(error)
  } finally {
    transport.close()
  }
}

function contentOf({ subject, text, unsubscribeUrl, calendar }: Email): SendMailOptions {
  return {
    subject,
    text,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    ...(calendar && {
      attachments: [
        {
          filename: 'calendar.ics',
          content: calendar.text,
          contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
        },
      ],
    }),
  }
}

function transportTo(url: string, from: string): Transporter<SentMessageInfo> {
  return createTransport(
    {
      url,
      connectionTimeout: 3 * seconds,
      greetingTimeout: 3 * seconds,
      socketTimeout: 10 * seconds,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from, replyTo: from },
  )
}

/** Nothing that a mail server could read as a second recipient, a route or a header (RFC 5321, 4.1.2; RFC 5322, 3.4). */
function isOneAddress(address: string): boolean {
  return /^[^\s\p{Cc}@,;:<>()[\]"\\]+@[^\s\p{Cc}@,;:<>()[\]"\\]+$/u.test(address)
}

function isReserved(address: string): boolean {
  return /@(?:[\w-]+\.)*(?:example\.(?:com|net|org|jp|co\.jp|ne\.jp)|[\w-]+\.(?:example|test|invalid))$/i.test(address)
}

export interface Delivery {
  log: Pick<Log, 'warn'>
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
  const failed = await delivery.database.transaction(async (tx) => {
    const mail = await tx
      .selectFrom('mail')
      .where('id', '=', mailId)
      .where('state', '=', 'queued')
      .select(['recipient', 'sealed', 'expires_at', 'can_be_resent as canBeResent'])
      .forUpdate()
      .executeTakeFirst()
    if (!mail?.sealed) return undefined
    if (mail.expires_at <= delivery.now()) {
      const given = { state: 'expired' as const, ...(!mail.canBeResent && { sealed: null }) }
      await tx.updateTable('mail').where('id', '=', mailId).set(given).execute()
      return undefined
    }
    const attempt = await handOver(delivery, mailId, { recipient: mail.recipient, sealed: mail.sealed })
    await tx
      .updateTable('mail')
      .where('id', '=', mailId)
      .set({ ...resultOf(attempt, mail, delivery.now()), tries: sql`tries + 1`, last_tried_at: delivery.now() })
      .execute()
    if (typeof attempt !== 'object') return undefined
    if (!isRefusedForGood(attempt.error)) return attempt
    await markRefused(tx, mailId, delivery.now())
    delivery.log.warn({ mail: mailId, problem: problemOf(attempt.error) }, 'a mail was refused for good')
    return undefined
  })
  if (failed) throw withoutPlace(`The mail could not be handed over: ${problemOf(failed.error)}`)
}

/** What a server answers is told in one line: where in our sources it was heard says nothing. */
function withoutPlace(message: string): Error {
  return Object.assign(new Error(message), { stack: '' })
}

/** Code and answer of the server, or what else went wrong, without any address: for the log and for the operator. */
export function problemOf(error: unknown): string {
  // Whatever else was thrown has none of these.
  const { code, command, response, message } = error as Partial<NodemailerError>
  const told = [code, command, response ?? message ?? String(error)].filter(Boolean).join(' ')
  return told.replaceAll(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…').slice(0, 300)
}

type Attempt = Awaited<ReturnType<Carrier>> | { error: unknown }

async function handOver(
  { secrets, carrier, mailFrom }: Delivery,
  mailId: string,
  { recipient, sealed }: { recipient: string; sealed: Buffer },
): Promise<Attempt> {
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1).replace('>', '')
  try {
    // A key that is missing here may be put right, like a server that is away: the mail waits, and the operator sees why.
    const email = openEmail(secrets, mailId, sealed)
    return await carrier({ ...email, to: recipient, messageId: `<${mailId}@${domain}>` })
  } catch (error) {
    return { error }
  }
}

/** What carries a code or link is gone as soon as it is of no more use; only a demo's mailbox keeps it. What staff may send again stays. */
function resultOf(attempt: Attempt, { canBeResent }: { canBeResent: boolean }, now: Date): Updateable<DB['mail']> {
  const unlessResent = canBeResent ? {} : { sealed: null }
  if (attempt === 'refused') return { state: attempt, last_problem: null, ...unlessResent }
  if (typeof attempt !== 'object')
    return { state: attempt, last_problem: null, sent_at: now, ...(attempt === 'sent' && { sealed: null }) }
  const last_problem = problemOf(attempt.error)
  return isRefusedForGood(attempt.error) ? { last_problem, state: 'refused', ...unlessResent } : { last_problem }
}
