import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { after } from '#platform/time/duration.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Language } from '#platform/words.ts'
import { firstLoginUrl, siteOf } from '../links.ts'

/** Who sends: a request, the worker, or the operator at the command line. */
export type Sending = Pick<Visitor, 'tx' | 'now' | 'secrets' | 'portalUrl' | 'consoleUrl'>

export interface Addressee {
  customerId: string
  userId: string
  mail: string
  mailLanguage: Language
  timeZone: string
  credentialEpoch: number
  state: 'awaiting-registration' | 'active' | 'suspended' | 'deleted'
  /** The portal may be used today. */
  isInPeriod: boolean
  /** A notice waits for that. */
  isHeld: boolean
}

/** Reads and locks a user: of two who send at once, the later one voids what the other has sent. */
export async function lockAddressee(
  { tx, now }: Pick<Sending, 'tx' | 'now'>,
  whom: { customerId: string; userId: string } | { loginId: string },
): Promise<Addressee | undefined> {
  const users = tx.selectFrom('portal_user').where('state', '<>', 'deleted')
  const found =
    'loginId' in whom
      ? users.where('login_id', '=', sql<string>`fold_text(${whom.loginId})`)
      : users.where('customer_id', '=', whom.customerId).where('id', '=', whom.userId)
  return found
    .select([
      'customer_id as customerId',
      'id as userId',
      'mail',
      'mail_language as mailLanguage',
      'time_zone as timeZone',
      'credential_epoch as credentialEpoch',
      'state',
      'notice_held as isHeld',
    ])
    .select(
      sql<boolean>`is_in_period(begins_on, ends_on, (select time_zone from customer c where c.id = portal_user.customer_id), ${now})`.as(
        'isInPeriod',
      ),
    )
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Makes a URL of 256 random bits, of which the hash alone is kept. Every older one of the user is void. */
export async function issueUrl(
  by: Sending,
  { customerId, userId, credentialEpoch }: Addressee,
  { purpose, lasts }: { purpose: 'registration' | 'password-reset'; lasts: number },
): Promise<{ url: string; expiresAt: Date }> {
  const { tx, now } = by
  await tx
    .updateTable('first_login')
    .set({ ended_at: now, password_hash: null, totp_secret: null })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('finished_at', 'is', null)
    .where('ended_at', 'is', null)
    .execute()
  const key = newToken()
  const expiresAt = after(now, lasts)
  await tx
    .insertInto('first_login')
    .values({
      customer_id: customerId,
      user_id: userId,
      purpose,
      token_hash: hashOf(key),
      credential_epoch: credentialEpoch,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { url: firstLoginUrl(siteOf(by, customerId), key), expiresAt }
}
