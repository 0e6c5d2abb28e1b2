import { sql } from 'kysely'
import { enterFenceByLogin, type FoundLogin } from '#features/sessions/fence.ts'
import type { Visitor } from '#platform/context.ts'
import { isConsole } from '#features/house.ts'
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

/**
 * The first thing of a login: counts the try and finds who it is for. Moves the fence there; for an ID that nobody has, even
 * that of a session which this browser may still have is left.
 * `browserToken` is the cookie of a browser that has logged in before, or empty.
 */
export async function findLogin(
  visitor: Visitor,
  { loginId, browserToken }: { loginId: string; browserToken: string },
): Promise<Login> {
  const [found, guard] = await Promise.all([
    enterFenceByLogin(visitor.tx, loginId.trim()),
    guardKeyOf(visitor, { loginId, browserToken }),
  ])
  const user = found && userOf(found)
  const lockedUntil = await takeTry(visitor, guard, user)
  return { guard, ...(lockedUntil && { lockedUntil }), ...(user && { user }) }
}

/** A browser that has logged in to this ID before has a counter of its own, so nobody can lock out somebody else. */
export async function guardKeyOf(
  { tx, secrets, site }: Visitor,
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
  return { loginHash: loginHash(secrets, folded, { ofStaff: isConsole(site) }), browserHash: known ?? Buffer.alloc(0) }
}

function userOf(row: FoundLogin): KnownUser & { passwordHash?: string } {
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
