import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { KnownUser } from '../known-user.ts'

/** Users of one browser that stay known; each has a token of its own in the one cookie. */
const mostUsers = 5
const between = '.'

/** Hashes of the tokens that a browser's cookie holds. */
export function browserHashes(cookie: string): Buffer[] {
  return tokensOf(cookie).map(hashOf)
}

/**
 * Remembers a browser, whose failures for this user have a counter of their own from now on. Answers the cookie for it: a
 * token that is not already the user's is never taken over, for somebody else may have put it there.
 */
export async function rememberBrowser(visitor: Visitor, user: KnownUser, cookie: string): Promise<string> {
  const { tx, now } = visitor
  const { customerId, userId } = user
  const hashes = browserHashes(cookie)
  // A new browser is asked for nothing: what follows it travels with what is sent beside it.
  const known = hashes.length > 0 && (await renew(visitor, user, hashes))
  if (known) return cookie
  const token = newToken()
  await tx
    .insertInto('known_browser')
    .values({ customer_id: customerId, user_id: userId, token_hash: hashOf(token), last_sign_in_at: now })
    .execute()
  return [token, ...tokensOf(cookie)].slice(0, mostUsers).join(between)
}

/** Whether one of these is the user's. */
async function renew({ tx, now }: Visitor, { customerId, userId }: KnownUser, hashes: Buffer[]): Promise<boolean> {
  const known = await tx
    .updateTable('known_browser')
    .set({ last_sign_in_at: now })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where(sql<boolean>`token_hash = any(${hashes})`)
    .returning('id')
    .executeTakeFirst()
  return known !== undefined
}

function tokensOf(cookie: string): string[] {
  return cookie.split(between).filter(Boolean).slice(0, mostUsers)
}
