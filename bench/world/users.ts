import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import { houseId } from '#features/house.ts'
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
  const { rows } = await superuser.query<Person>('select id, customer_id from portal_user')
  const [first] = rows
  if (!first) throw new Error('The import made no users')
  for (const person of rows) await giveCredential(superuser, person, slowHash)
  await superuser.query(`update portal_user set state = 'active'`)
  return { customer: first.customer_id, slowHash, quickHash }
}

interface Person {
  id: string
  customer_id: string
}

async function giveCredential(superuser: pg.Client, { id, customer_id }: Person, passwordHash: string): Promise<void> {
  await superuser.query(
    `insert into user_credential (customer_id, user_id, password_hash, password_changed_at, totp_secret)
     values ($1, $2, $3, now(), $4)`,
    [customer_id, id, passwordHash, secretsOf([secretKey]).seal(`totp ${id}`, totpSecret)],
  )
}

/** Adds a member of staff with the role of support; answers the mail address. */
export async function addMember(superuser: pg.Client, passwordHash: string): Promise<string> {
  const mail = 'support@operator.example'
  const { rows } = await superuser.query<Person>(
    `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
     values ($1, $2, '担当者', '03-0000-0000', 'general-user', 'totp', 'active') returning id, customer_id`,
    [houseId, mail],
  )
  const [member] = rows
  if (!member) throw new Error('The member was not added')
  await giveCredential(superuser, member, passwordHash)
  await superuser.query(`insert into staff_member (user_id) values ($1)`, [member.id])
  await superuser.query(`insert into staff_role (user_id, role) values ($1, 'support')`, [member.id])
  return mail
}

/** So that the same users may log in again within half a minute, with a hash that is slow or not. */
export async function forgetLogins(superuser: pg.Client, passwordHash: string): Promise<void> {
  await superuser.query('update user_credential set totp_last_step = 0, password_hash = $1', [passwordHash])
  await superuser.query('delete from code_budget')
}
