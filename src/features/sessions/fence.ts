import { type RawBuilder, sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import type { Transaction } from '#platform/database/database.ts'

// Every way by which a transaction gets behind the fence of a customer, or out of it: no other file moves the fence.

/** Where the customer is known. */
export async function enterFence(tx: Transaction, customerId: string): Promise<void> {
  await sql`select set_config('app.customer', ${customerId}, true)`.execute(tx)
}

/** From now on nobody's rows are seen. The same work as to enter, so that nobody can tell one from the other. */
export async function leaveFence(tx: Transaction): Promise<void> {
  await enterFence(tx, '')
}

/** Whose settings are seen and written, beside the customer. */
export async function enterContract(tx: Transaction, contractId: string): Promise<void> {
  await sql`select set_config('app.contract', ${contractId}, true)`.execute(tx)
}

/** From now on no settings are seen. */
export async function leaveContract(tx: Transaction): Promise<void> {
  await enterContract(tx, '')
}

/** How a session is ended before its time. */
export type EndReason =
  | 'signed-out'
  | 'ended-elsewhere'
  | 'password-changed'
  | 'replaced'
  | 'ended-by-administrator'
  | 'ended-by-operator'
  | 'period-over'

export interface FoundSession {
  id: string
  customer_id: string
  user_id: string
  /** `left`: it was ended, and its user may leave behind what was typed. `refused`: open, but not for this address. */
  state: 'open' | 'refused' | 'timed-out' | 'left' | 'ended'
  idle_ends_at: Date
  ends_at: Date
  last_used_at: Date
  second_factor: 'totp' | 'mail-otp'
  /** When a second factor was last shown in it. */
  confirmed_at: Date
  /** Until when rules of access are on trial for its customer. */
  trial_ends_at: Date | null
  /** As long as it is the same, so is all that was read of its reader: see `version_slot`. */
  version: number
  /** The number of the member of staff who looks by it, and can only read; null: it is its user's. */
  seen_by: string | null
  /** Why it is over, if it was ended less than two hours ago. */
  over: EndReason | 'changed' | null
}

interface EnteringBySession {
  now: Date
  ip: string
  /** The version under which its reader is known. */
  known?: number | undefined
  /** Whether staff may come from there. */
  isOfStaff?: boolean | undefined
  /** When the second factor was shown, where that is not what the session says. */
  confirmedAt?: RawBuilder<Date> | undefined
}

/**
 * By the cookie of a session that is open; otherwise the fence is left, and also when its user is refused at this address, and
 * when the version is not the one under which its reader is known.
 */
export async function enterFenceBySession(
  tx: Transaction,
  tokenHash: Buffer | RawBuilder<Buffer>,
  { now, ip, known, isOfStaff = true, confirmedAt = sql`confirmed_at` }: EnteringBySession,
): Promise<FoundSession | undefined> {
  const { rows } = await sql<FoundSession>`
    select id, customer_id, user_id, state, idle_ends_at, ends_at, last_used_at, second_factor, ${confirmedAt} as confirmed_at, trial_ends_at,
      version, seen_by, over,
      case when seen_by is not null and state = 'open' then set_config('search_path', 'masked, public', true) end as masked
    from door.enter_fence_by_session(${tokenHash}, ${now}, ${ip}::inet, ${known ?? null}, ${isOfStaff})`.execute(tx)
  return rows[0]
}

/** By the code of a look, which begins with it; otherwise the fence is as it was. Answers what became of it, and the look. */
export async function enterFenceByViewing(
  { tx, now, client }: Pick<Visitor, 'tx' | 'now' | 'client'>,
  { codeHash, challenge, tokenHash }: Record<'codeHash' | 'challenge' | 'tokenHash', Buffer>,
): Promise<{ became: 'begun' | 'used' | 'refused'; id: string }> {
  const { rows } = await sql<{ became: 'begun' | 'used' | 'refused'; id: string }>`
    select became, viewing_id as id
    from door.enter_fence_by_viewing(${codeHash}, ${challenge}, ${tokenHash}, ${now}, ${client.ip}::inet, ${client.browser})`.execute(
    tx,
  )
  return rows[0] ?? { became: 'refused', id: '' }
}

export interface FoundLogin {
  customer_id: string
  user_id: string
  state: 'awaiting-registration' | 'active' | 'suspended'
  second_factor: 'totp' | 'mail-otp' | null
  mail: string
  name: string
  mail_language: 'ja' | 'en'
  time_zone: string
  credential_epoch: number
  password_hash: string | null
}

/** By a login ID; left when nobody has it. */
export async function enterFenceByLogin(tx: Transaction, loginId: string): Promise<FoundLogin | undefined> {
  const { rows } = await sql<FoundLogin>`select * from door.enter_fence_by_login(${loginId})`.execute(tx)
  return rows[0]
}

/** By the cookie of a login under way; left when there is none. Answers the customer. */
export function enterFenceBySignIn(tx: Transaction, tokenHash: Buffer): Promise<string | undefined> {
  return customerBy(tx, sql`door.enter_fence_by_sign_in(${tokenHash})`)
}

/** By the key of a mailed URL, or the cookie of the browser that goes through its steps. */
export function enterFenceByFirstLogin(tx: Transaction, tokenHash: Buffer): Promise<string | undefined> {
  return customerBy(tx, sql`door.enter_fence_by_first_login(${tokenHash})`)
}

/** By the key of a mailed URL that confirms an address. */
export function enterFenceByMailChange(tx: Transaction, tokenHash: Buffer): Promise<string | undefined> {
  return customerBy(tx, sql`door.enter_fence_by_mail_change(${tokenHash})`)
}

async function customerBy(tx: Transaction, entry: RawBuilder<unknown>): Promise<string | undefined> {
  const { rows } = await sql<{ customer: string | null }>`select ${entry} as customer`.execute(tx)
  return rows[0]?.customer ?? undefined
}
