import { type RawBuilder, sql } from 'kysely'
import { refusedNow } from '#features/address-limits/refuse.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { enterFenceByFirstLogin } from '#features/sessions/fence.ts'
import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { Language } from '#platform/words.ts'

/** How many wrong tries at the identity make a URL void. */
export const mostIdentityTries = 5
/** How long the recovery codes of a finished registration wait to be seen. */
const codesWait = 1 * hours

export type FirstLoginStep = 'identity' | 'password' | 'factor' | 'totp' | 'recovery-codes'

/** A mailed URL that is still good, or the way of a browser through its steps. */
export interface FirstLogin {
  id: string
  customerId: string
  userId: string
  purpose: 'registration' | 'password-reset'
  /** The step that comes next. */
  step: FirstLoginStep
  /** Hash of the cookie it was found by. */
  cookieHash: Buffer
  /** Given by an administrator, or chosen on the way. */
  secondFactor: 'totp' | 'mail-otp' | null
  choosesFactor: boolean
  /** Sealed. */
  totpSecret: Buffer | null
  /** Sealed. */
  recoveryCodes: Buffer | null
  identityTriesLeft: number
  expiresAt: Date
  /** Its user may not come in from where this request comes from. */
  isRefused: boolean
  /** Who has given name and telephone number: the operator, of the application, or an administrator of the customer. */
  isFromOperator: boolean
  /** Of the user nothing may be shown before the identity was. */
  user: { mail: string; loginId: string; name: string; phone: string; mailLanguage: Language; timeZone: string }
}

/**
 * Finds by the cookie what it stands for, and moves the fence to its customer: the key of the URL itself, or what the browser
 * got for showing the identity. Undefined when it expired, is used up, or never was. Changes nothing.
 */
export async function findFirstLogin(visitor: Visitor, cookie: string): Promise<FirstLogin | undefined> {
  if (cookie === '') return undefined
  const { tx, now, client } = visitor
  const hash = hashOf(cookie)
  const customerId = await enterFenceByFirstLogin(tx, hash)
  if (!customerId) return undefined
  const row = await tx
    .selectFrom('first_login as f')
    .innerJoin('portal_user as u', (on) =>
      on.onRef('u.customer_id', '=', 'f.customer_id').onRef('u.id', '=', 'f.user_id'),
    )
    .leftJoin('address_limit as l', 'l.customer_id', 'f.customer_id')
    .where('f.customer_id', '=', customerId)
    .where('f.ended_at', 'is', null)
    .where(isInPeriodOf(customerId, now))
    .where(isGood(hash, now))
    .select(columns)
    .select(sql<boolean>`f.browser_hash is not distinct from ${hash}`.as('is_identified'))
    .select(sql<boolean>`f.password_hash is not null`.as('has_password'))
    .select(refusedNow({ client, now }).as('is_refused'))
    .executeTakeFirst()
  return row && { ...firstLoginOf(row), customerId, cookieHash: hash }
}

/** The user may take the steps, or has taken the last one in this browser and not yet seen the codes. */
function isGood(hash: Buffer, now: Date): RawBuilder<boolean> {
  return sql`(f.finished_at is null and ${hash} in (f.token_hash, f.browser_hash) and f.expires_at > ${now}
      and u.credential_epoch = f.credential_epoch
      and u.state = case f.purpose when 'registration' then 'awaiting-registration'::user_state else 'active' end
    or f.finished_at > ${after(now, -codesWait)} and f.recovery_codes is not null and f.browser_hash = ${hash})`
}

const columns = [
  'f.id',
  'f.user_id',
  'f.purpose',
  'f.second_factor as chosen_factor',
  'u.second_factor as given_factor',
  'f.totp_secret',
  'f.recovery_codes',
  'f.identity_tries',
  'f.expires_at',
  'u.from_operator',
  'u.mail',
  'u.login_id',
  'u.name',
  'u.phone',
  'u.mail_language',
  'u.time_zone',
] as const

interface Row {
  id: string
  user_id: string
  purpose: 'registration' | 'password-reset'
  chosen_factor: 'totp' | 'mail-otp' | null
  given_factor: 'totp' | 'mail-otp' | null
  totp_secret: Buffer | null
  recovery_codes: Buffer | null
  identity_tries: number
  expires_at: Date
  from_operator: boolean
  is_identified: boolean
  has_password: boolean
  is_refused: boolean
  mail: string
  login_id: string
  name: string
  phone: string
  mail_language: Language
  time_zone: string
}

function firstLoginOf(row: Row): Omit<FirstLogin, 'customerId' | 'cookieHash'> {
  const { id, user_id, purpose, mail, login_id, name, phone, mail_language, time_zone } = row
  return {
    id,
    userId: user_id,
    purpose,
    step: stepOf(row),
    // What another browser has chosen is forgotten as soon as this one shows the identity.
    secondFactor: row.given_factor ?? (row.is_identified ? row.chosen_factor : null),
    choosesFactor: purpose === 'registration' && row.given_factor === null,
    totpSecret: row.totp_secret,
    recoveryCodes: row.recovery_codes,
    identityTriesLeft: mostIdentityTries - row.identity_tries,
    expiresAt: row.expires_at,
    isRefused: row.is_refused,
    isFromOperator: row.from_operator,
    user: { mail, loginId: login_id, name, phone, mailLanguage: mail_language, timeZone: time_zone },
  }
}

function stepOf({ recovery_codes, is_identified, has_password, totp_secret }: Row): FirstLoginStep {
  if (recovery_codes) return 'recovery-codes'
  if (!is_identified) return 'identity'
  if (!has_password) return 'password'
  return totp_secret ? 'totp' : 'factor'
}
