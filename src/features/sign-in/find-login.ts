import { sql } from 'kysely'
import { fenceOf } from '#features/sessions/fence.ts'
import type { Visitor } from '#platform/context.ts'
import { browserHashes } from './inner/browsers.ts'
import { type GuardKey, takeTry } from './inner/guard.ts'
import type { KnownUser } from './known-user.ts'
import { loginHash } from './login-id.ts'

/** A try to log in that has been counted and may now be judged, unless it is locked. */
export interface Login {
  guard: GuardKey
  /** Locked until then, for this browser: nothing may be judged. The same for IDs that nobody has. */
  lockedUntil?: Date
  /** Absent: nobody has this login ID. The answer must not show it. */
  user?: KnownUser & { passwordHash?: string }
}

interface UserRow {
  customer_id: string
  user_id: string
  state: KnownUser['state']
  second_factor: KnownUser['secondFactor']
  mail: string
  name: string
  mail_language: KnownUser['mailLanguage']
  time_zone: string
  credential_epoch: number
  password_hash: string | null
}

/**
 * The first thing of a login: counts the try and finds who it is for.
 * `browserToken` is the cookie of a browser that has logged in before, or empty.
 */
export async function findLogin(
  visitor: Visitor,
  { loginId, browserToken }: { loginId: string; browserToken: string },
): Promise<Login> {
  const { tx } = visitor
  const [{ rows }, guard] = await Promise.all([
    sql<UserRow>`select * from door.user_of_login(${loginId.trim()})`.execute(tx),
    guardKeyOf(visitor, { loginId, browserToken }),
  ])
  const user = rows[0] && userOf(rows[0])
  // For an ID that nobody has, the fence of a session that this browser may still have must not stay open.
  await fenceOf(tx, user?.customerId ?? '')
  const lockedUntil = await takeTry(visitor, guard, user)
  return { guard, ...(lockedUntil && { lockedUntil }), ...(user && { user }) }
}

/** A browser that has logged in to this ID before has a counter of its own, so nobody can lock out somebody else. */
export async function guardKeyOf(
  { tx, secrets }: Visitor,
  { loginId, browserToken }: { loginId: string; browserToken: string },
): Promise<GuardKey> {
  // Folded by the database, which finds the user by it: JavaScript folds some letters (İ) otherwise, and each other way of
  // writing a login ID would have a counter of its own.
  const login = loginId.trim()
  const { rows } = await sql<{ folded: string; known: Buffer | null }>`
    select fold_text(${login}) as folded, door.known_browser(${login}, ${browserHashes(browserToken)}) as known`.execute(
    tx,
  )
  const { folded = loginId, known } = rows[0] ?? {}
  return { loginHash: loginHash(secrets, folded), browserHash: known ?? Buffer.alloc(0) }
}

function userOf(row: UserRow): KnownUser & { passwordHash?: string } {
  return {
    customerId: row.customer_id,
    userId: row.user_id,
    state: row.state,
    secondFactor: row.second_factor,
    name: row.name,
    mail: row.mail,
    mailLanguage: row.mail_language,
    timeZone: row.time_zone,
    credentialEpoch: row.credential_epoch,
    ...(row.password_hash && { passwordHash: row.password_hash }),
  }
}
