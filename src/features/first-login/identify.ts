import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { type FirstLogin, mostIdentityTries } from './find.ts'
import { type Identity, isSameIdentity } from './identity.ts'
import { openRow, voidRow } from './inner/open-row.ts'

/**
 * The first step, 本人確認. Answers the cookie for the browser that may go on from here: no other can any longer, and what
 * another has chosen is forgotten, so that nobody finishes with somebody else's password.
 */
export async function identify(
  visitor: Visitor,
  firstLogin: FirstLogin,
  given: Identity,
): Promise<Outcome<string, 'wrong-identity' | 'void'>> {
  // Counting before comparing makes the update a lock: parallel guesses queue up and are all counted.
  const tried = await openRow(visitor, firstLogin)
    .set({ identity_tries: sql`identity_tries + 1` })
    .returning('identity_tries')
    .executeTakeFirst()
  if (!tried) return refuse('void')
  if (!isSameIdentity(firstLogin.user, given)) return fail(visitor, firstLogin, tried.identity_tries)
  const cookie = newToken()
  await openRow(visitor, firstLogin)
    .set({
      identity_tries: sql`identity_tries - 1`,
      browser_hash: hashOf(cookie),
      password_hash: null,
      second_factor: null,
      totp_secret: null,
    })
    .execute()
  return done(cookie)
}

async function fail(
  visitor: Visitor,
  firstLogin: FirstLogin,
  tries: number,
): Promise<Outcome<string, 'wrong-identity' | 'void'>> {
  const { customerId, userId, user } = firstLogin
  await recordAccess(visitor, {
    customerId,
    userId,
    userName: user.name,
    event: 'failed',
    reason: 'wrong-identity',
  })
  if (tries < mostIdentityTries) return refuse('wrong-identity', { keep: true })
  await voidRow(visitor, firstLogin)
  return refuse('void', { keep: true })
}
