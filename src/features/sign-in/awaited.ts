import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { refusedNow } from '#features/address-limits/refuse.ts'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import { enterFenceBySignIn } from '#features/sessions/fence.ts'
import { mayTrust } from '#features/trusted-browsers/rule.ts'
import type { Visitor } from '#platform/context.ts'
import { after } from '#platform/time/duration.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { KnownUser } from './known-user.ts'
import { mostCodes, resendAfter } from './send-code.ts'

/** A login whose second step is awaited. */
export interface AwaitedSignIn {
  id: string
  secondFactor: 'totp' | 'mail-otp'
  user: KnownUser & { loginId: string }
  /** Its user may not come in from where this request comes from. */
  isRefused: boolean
  /** Which browser asks, as far as it can be told. */
  browser: string
  /** Whether the second step may be skipped in this browser next time. */
  mayTrust: boolean
  /** Of the newest mailed code. */
  code?: { expiresAt: Date; mayResendAt: Date; resendsLeft: number; delivery: 'queued' | 'late' | 'sent' | 'refused' }
}

/** Finds the login of a cookie and moves the fence to its customer; undefined when it is over or never was. */
export async function findAwaitedSignIn(visitor: Visitor, token: string): Promise<AwaitedSignIn | undefined> {
  if (token === '') return undefined
  const customerId = await enterFenceBySignIn(visitor.tx, hashOf(token))
  return customerId ? findAwaited(visitor, customerId, { tokenHash: hashOf(token) }) : undefined
}

/** The same where the actor shows the second factor once more: of this session alone, and the fence stays where it is. */
export async function findAwaitedConfirmation(ctx: Context, id: string): Promise<AwaitedSignIn | undefined> {
  const { customer, sessionId } = ctx.actor
  return findAwaited(ctx, customer.id, { id, sessionId })
}

async function findAwaited(
  { tx, now, client }: Visitor,
  customerId: string,
  by: { tokenHash: Buffer } | { id: string; sessionId: string },
): Promise<AwaitedSignIn | undefined> {
  const row = await tx
    .selectFrom('sign_in as s')
    .innerJoin('portal_user as u', (on) =>
      on.onRef('u.customer_id', '=', 's.customer_id').onRef('u.id', '=', 's.user_id'),
    )
    .innerJoin('customer as c', 'c.id', 's.customer_id')
    .leftJoin('address_limit as l', 'l.customer_id', 's.customer_id')
    .leftJoin('mail as m', (on) => on.onRef('m.customer_id', '=', 's.customer_id').onRef('m.id', '=', 's.code_mail_id'))
    .where('s.customer_id', '=', customerId)
    .where('id' in by ? isConfirmation(by) : isLogin(by))
    .where('s.finished_at', 'is', null)
    .where('s.expires_at', '>', now)
    .whereRef('u.credential_epoch', '=', 's.credential_epoch')
    .where('u.state', '=', 'active')
    .where(isInPeriod(now))
    .select(columns)
    .select([
      sql<boolean>`m.tries > 0 or door.mail_is_late()`.as('mail_is_late'),
      refusedNow({ client, now }).as('is_refused'),
      mayTrust.as('may_trust'),
    ])
    .executeTakeFirst()
  return row && { ...awaitedOf(row), browser: client.browser }
}

const columns = [
  's.id',
  's.second_factor',
  's.credential_epoch',
  's.customer_id',
  's.user_id',
  's.code_sent_at',
  's.code_expires_at',
  's.codes_sent',
  'u.mail',
  'u.login_id',
  'u.mail_language',
  'u.time_zone',
  'u.name',
  'm.state as mail_state',
] as const

const isLogin = ({ tokenHash }: { tokenHash: Buffer }) =>
  sql<boolean>`s.token_hash = ${tokenHash} and s.confirms_session is null`
const isConfirmation = ({ id, sessionId }: { id: string; sessionId: string }) =>
  sql<boolean>`s.id = ${id} and s.confirms_session = ${sessionId}`

interface Row {
  id: string
  second_factor: 'totp' | 'mail-otp'
  credential_epoch: number
  customer_id: string
  user_id: string
  code_sent_at: Date | null
  code_expires_at: Date | null
  codes_sent: number
  mail: string
  login_id: string
  mail_language: KnownUser['mailLanguage']
  time_zone: string
  name: string
  mail_state: 'queued' | 'sent' | 'refused' | 'expired' | 'kept' | null
  mail_is_late: boolean
  is_refused: boolean
  may_trust: boolean
}

function awaitedOf(row: Row): Omit<AwaitedSignIn, 'browser'> {
  return {
    id: row.id,
    secondFactor: row.second_factor,
    isRefused: row.is_refused,
    mayTrust: row.may_trust,
    user: {
      state: 'active',
      secondFactor: row.second_factor,
      credentialEpoch: row.credential_epoch,
      customerId: row.customer_id,
      userId: row.user_id,
      mail: row.mail,
      loginId: row.login_id,
      mailLanguage: row.mail_language,
      timeZone: row.time_zone,
      name: row.name,
    },
    ...(row.code_sent_at &&
      row.code_expires_at && {
        code: {
          expiresAt: row.code_expires_at,
          mayResendAt: after(row.code_sent_at, resendAfter),
          resendsLeft: mostCodes - row.codes_sent,
          delivery: deliveryOf(row),
        },
      }),
  }
}

function deliveryOf({ mail_state, mail_is_late }: Row): 'queued' | 'late' | 'sent' | 'refused' {
  if (mail_state === 'refused' || mail_state === 'expired') return 'refused'
  if (mail_state === 'sent' || mail_state === 'kept') return 'sent'
  return mail_is_late ? 'late' : 'queued'
}
