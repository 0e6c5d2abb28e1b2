import { sql } from 'kysely'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Visitor } from '#platform/context.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Language } from '#platform/words.ts'
import { isTrustedAt, mayTrust } from './rule.ts'
import { trustedEmail } from './trusted.email.ts'

/** Whose browser it is: behind the fence of the customer. */
export interface TrustingUser {
  customerId: string
  userId: string
  credentialEpoch: number
  mail: string
  mailLanguage: Language
  timeZone: string
}

/** Users of one browser that trust it; each has a token of its own in the one cookie. */
const mostUsers = 5
const between = '.'

/**
 * Trusts a browser in which the user has just shown the second factor; tells the user by mail. Answers the cookie for it;
 * undefined when nobody may (any longer).
 */
export async function trustBrowser(visitor: Visitor, user: TrustingUser, cookie: string): Promise<string | undefined> {
  const { tx, now, client } = visitor
  const { customerId, userId, credentialEpoch, mail: address, mailLanguage: language, timeZone } = user
  const token = newToken()
  const { rows } = await sql`
    insert into trusted_browser (customer_id, user_id, token_hash, credential_epoch, confirmed_at, last_used_at, browser, ip)
    select c.id, u.id, ${hashOf(token)}, u.credential_epoch, ${now}, ${now}, ${client.browser}, ${client.ip}::inet
    from portal_user u join customer c on c.id = u.customer_id
    where u.customer_id = ${customerId} and u.id = ${userId} and u.credential_epoch = ${credentialEpoch} and ${mayTrust}
    returning 1`.execute(tx)
  if (rows.length === 0) return undefined
  const email = trustedEmail(language, { at: now, timeZone, ip: client.ip, browser: client.browser })
  await enqueueMail(visitor, { customerId, userId, address, language }, { kind: 'browser-trusted', email })
  return [token, ...tokensOf(cookie)].slice(0, mostUsers).join(between)
}

/** Whether the user need not show the second factor in the browser with this cookie: then it is trusted for longer. */
export async function useTrust(
  { tx, now }: Visitor,
  { customerId, userId, credentialEpoch }: TrustingUser,
  cookie: string,
): Promise<boolean> {
  const hashes = tokensOf(cookie).map(hashOf)
  if (hashes.length === 0) return false
  const { rows } = await sql`
    update trusted_browser t set last_used_at = ${now} from portal_user u, customer c
    where t.customer_id = ${customerId} and t.user_id = ${userId} and t.token_hash = any(${hashes})
      and u.customer_id = t.customer_id and u.id = t.user_id and c.id = t.customer_id
      and u.credential_epoch = ${credentialEpoch} and ${isTrustedAt(now)}
    returning 1`.execute(tx)
  return rows.length > 0
}

/** No browser of the user is trusted any longer. */
export async function forgetTrust(
  { tx }: Pick<Visitor, 'tx'>,
  { customerId, userId }: Pick<TrustingUser, 'customerId' | 'userId'>,
): Promise<void> {
  await tx.deleteFrom('trusted_browser').where('customer_id', '=', customerId).where('user_id', '=', userId).execute()
}

function tokensOf(cookie: string): string[] {
  return cookie.split(between).filter(Boolean).slice(0, mostUsers)
}
