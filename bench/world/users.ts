import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import { openPasswords } from '#platform/security/passwords.ts'
import { secretsOf } from '#platform/security/secrets.ts'

export const secretKey = Buffer.alloc(32, 7)
export const password = 'a long enough password'
/** RFC 4648 base32 of 160 bits. */
export const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

export interface Activated {
  customer: string
  /** As the portal itself makes it. */
  slowHash: string
  /** Of the same password with the least that argon2id can do: what a login costs with it is a login with the hash aside. */
  quickHash: string
}

/** Gives every user the password and the authenticator, as a first login would. */
export async function activateUsers(superuser: pg.Client): Promise<Activated> {
  const passwords = await openPasswords()
  const slowHash = await passwords.hash(password)
  const quickHash = await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  const secrets = secretsOf([secretKey])
  const { rows } = await superuser.query<{ id: string; customer_id: string }>('select id, customer_id from portal_user')
  const [first] = rows
  if (!first) throw new Error('The import made no users')
  for (const { id, customer_id } of rows) {
    await superuser.query(
      `insert into user_credential (customer_id, user_id, password_hash, password_changed_at, totp_secret)
       values ($1, $2, $3, now(), $4)`,
      [customer_id, id, slowHash, secrets.seal(`totp ${id}`, totpSecret)],
    )
  }
  await superuser.query(`update portal_user set state = 'active'`)
  return { customer: first.customer_id, slowHash, quickHash }
}

/** So that the same users may log in again within half a minute, with a hash that is slow or not. */
export async function forgetLogins(superuser: pg.Client, passwordHash: string): Promise<void> {
  await superuser.query('update user_credential set totp_last_step = 0, password_hash = $1', [passwordHash])
  await superuser.query('delete from code_budget')
}
