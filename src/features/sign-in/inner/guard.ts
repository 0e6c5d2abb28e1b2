import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import { forgetTrust } from '#features/trusted-browsers/trust.ts'
import type { Visitor } from '#platform/context.ts'
import { after } from '#platform/time/duration.ts'
import { accountLockedEmail } from '../account-locked.email.ts'
import type { LoginOwner } from '../known-user.ts'
import { lockedFor, mostFailures } from '../lock-rule.ts'

/** Whose failures are counted: a login ID, tried from one browser that knows it or from any that does not. */
export interface GuardKey {
  loginHash: Buffer
  browserHash: Buffer
}

/**
 * Takes one try, before anything is compared: the row is then locked until the commit, so that parallel guesses queue up
 * and all are counted. Answers until when the login ID is locked, if it is.
 */
export async function takeTry(
  visitor: Visitor,
  key: GuardKey,
  user: LoginOwner | undefined,
): Promise<Date | undefined> {
  const { tx, now } = visitor
  const { failures, locked_until } = await tx
    .insertInto('sign_in_guard')
    .values({ login_hash: key.loginHash, browser_hash: key.browserHash, failures: 1, touched_at: now })
    .onConflict((clash) =>
      clash.columns(['login_hash', 'browser_hash']).doUpdateSet({
        failures: sql`case when sign_in_guard.locked_until <= ${now} then 1 else sign_in_guard.failures + 1 end`,
        locked_until: sql`case when sign_in_guard.locked_until > ${now} then sign_in_guard.locked_until end`,
        touched_at: now,
      }),
    )
    .returning(['failures', 'locked_until'])
    .executeTakeFirstOrThrow()
  if (locked_until) return locked_until
  return failures > mostFailures ? lock(visitor, key, user) : undefined
}

/** A try that was taken has failed: the last one allowed locks. Answers until when. */
export async function failTry(
  visitor: Visitor,
  key: GuardKey,
  user: LoginOwner | undefined,
): Promise<Date | undefined> {
  const guard = await ofKey(visitor, key).select(['failures', 'locked_until']).executeTakeFirst()
  if (guard?.locked_until) return guard.locked_until
  return guard && guard.failures >= mostFailures ? lock(visitor, key, user) : undefined
}

/** The password was right: the try it took is given back. What failed before still counts, until the second step succeeds. */
export async function giveBackTry(visitor: Visitor, key: GuardKey): Promise<void> {
  await change(visitor, key)
    .set({ failures: sql`greatest(failures - 1, 0)` })
    .execute()
}

/** Forgets the failures once both steps succeeded. */
export async function forgetFailures(visitor: Visitor, key: GuardKey): Promise<void> {
  await change(visitor, key).set({ failures: 0, locked_until: null }).execute()
}

/** Forgets the failures of a login ID from every browser. Answers whether it was locked from any. */
export async function forgetAllFailures(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { loginHash }: Pick<GuardKey, 'loginHash'>,
): Promise<boolean> {
  const found = await tx
    .selectFrom('sign_in_guard')
    .select('locked_until')
    .where('login_hash', '=', loginHash)
    .forUpdate()
    .execute()
  await tx
    .updateTable('sign_in_guard')
    .set({ failures: 0, locked_until: null })
    .where('login_hash', '=', loginHash)
    .execute()
  return found.some(({ locked_until: until }) => until !== null && until > now)
}

async function lock(visitor: Visitor, key: GuardKey, user: LoginOwner | undefined): Promise<Date> {
  const until = after(visitor.now, lockedFor)
  const locked = await change(visitor, key)
    .set({ locked_until: until })
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', visitor.now)]))
    .returning('locked_until')
    .executeTakeFirst()
  // A parallel try has just locked and told it.
  if (!locked) return until
  await recordAccess(visitor, {
    ...(user && { customerId: user.customerId, userId: user.userId, userName: user.name }),
    event: 'locked',
  })
  if (user) await forgetTrust(visitor, user)
  if (user?.state === 'active') {
    const { customerId, userId, mail: address, mailLanguage: language, timeZone } = user
    const email = accountLockedEmail(language, { until, timeZone, ip: visitor.client.ip })
    await enqueueMail(visitor, { customerId, userId, address, language }, { kind: 'account-locked', email })
  }
  return until
}

function ofKey({ tx }: Visitor, { loginHash, browserHash }: GuardKey) {
  return tx.selectFrom('sign_in_guard').where('login_hash', '=', loginHash).where('browser_hash', '=', browserHash)
}

function change({ tx }: Visitor, { loginHash, browserHash }: GuardKey) {
  return tx.updateTable('sign_in_guard').where('login_hash', '=', loginHash).where('browser_hash', '=', browserHash)
}
