import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { UserEntry } from '../import-format.ts'
import { findGroupIds } from './create-groups.ts'
import { findCreated, noteCreated } from './created-once.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { fold, type Ids } from './references.ts'

/** Creates the users that no import has created before. One that the customer has added under the same address is left as it is. */
export async function createUsers(
  importing: Importing,
  customer: ImportedCustomer,
  entries: readonly UserEntry[],
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const logins = entries.map(({ mail }) => fold(mail))
  expectEachOnce(file, logins, (index) => [...customer.path, 'users', index, 'mail'])
  const once = { customerId: customer.id, kind: 'user' } as const
  const created = await findCreated(tx, once)
  const due = entries
    .map((entry, index) => ({ ...entry, index, id: randomUUID() }))
    .filter(({ mail }) => !created.has(fold(mail)))
  const existing = await findExistingUsers(importing, customer, due)
  const missing = due.filter(({ mail }) => !existing.has(fold(mail)))
  const members = await findMemberships(importing, customer, missing)
  await insertUsers(tx, customer, missing)
  await insertMembers(tx, customer.id, members)
  await sendOpeningNotices(importing, customer, missing)
  await noteCreated(tx, once, new Map(due.map(({ mail, id }) => [fold(mail), existing.get(fold(mail)) ?? id])))
  tally('users', { created: missing.length, changed: 0, unchanged: entries.length - missing.length })
  progress(entries.length)
  importing.unnamed('users', await findUnnamedUsers(tx, customer.id, logins), customer.entry.code)
}

interface NewUser extends UserEntry {
  id: string
  /** Its place in the file. */
  index: number
}

/** The customer's users who have one of the addresses. Throws a FaultyFile when another customer's user has one. */
async function findExistingUsers(
  { tx, file }: Importing,
  customer: ImportedCustomer,
  users: readonly NewUser[],
): Promise<Ids> {
  const { rows } = await sql<{ mail: string; index: number; id: string; isForeign: boolean }>`
    select given.mail, given.index, portal_user.id, portal_user.customer_id <> ${customer.id} as "isForeign"
    from unnest(${users.map(({ mail }) => mail)}::text[], ${users.map(({ index }) => index)}::int[]) as given(mail, index)
    join portal_user on login_id = fold_text(given.mail) and state <> 'deleted'`.execute(tx)
  const faults = rows
    .filter(({ isForeign }) => isForeign)
    .map(({ index }) => ({
      path: [...customer.path, 'users', index, 'mail'],
      message: 'is a user of another customer',
    }))
  if (faults.length > 0) throw file.faulty(faults)
  return new Map(rows.map(({ mail, id }) => [fold(mail), id]))
}

interface MemberRow {
  user_group_id: string | undefined
  user_id: string
}

async function findMemberships(
  { tx, file }: Importing,
  customer: ImportedCustomer,
  users: readonly NewUser[],
): Promise<MemberRow[]> {
  const groups = await findGroupIds(tx, customer.id)
  const living = new Set(groups.values())
  const created = await findCreated(tx, { customerId: customer.id, kind: 'user-group' })
  // A group that an import has created keeps its name in the files, whatever the customer calls it now.
  const idOf = (name: string): string => {
    const made = created.get(fold(name))
    return (made && living.has(made) ? made : groups.get(fold(name))) ?? ''
  }
  const faults = users.flatMap(({ groups: names, index }) =>
    names.flatMap((name, place) =>
      living.has(idOf(name))
        ? []
        : [
            {
              path: [...customer.path, 'users', index, 'groups', place],
              message: `names no group of ${customer.entry.code}: ${name}`,
            },
          ],
    ),
  )
  if (faults.length > 0) throw file.faulty(faults)
  return users.flatMap(({ id, groups: names }) =>
    [...new Set(names.map(idOf))].map((group) => ({ user_group_id: group, user_id: id })),
  )
}

async function insertUsers(tx: Transaction, customer: ImportedCustomer, users: readonly NewUser[]): Promise<void> {
  const rows = users.map((user) => ({
    id: user.id,
    mail: user.mail,
    name: user.name,
    phone: user.phone,
    role: user.role,
    second_factor: user.secondFactor,
    mail_language: user.mailLanguage,
    time_zone: user.timeZone ?? customer.operator.timeZone,
    job_title: user.jobTitle ?? '',
    mobile_phone: user.mobilePhone ?? '',
    comment: user.comment ?? '',
    mobile_threshold_mail: user.mobileThresholdMail,
  }))
  await sql`
    insert into portal_user (customer_id, id, mail, name, phone, role, second_factor, mail_language, time_zone, job_title,
      mobile_phone, comment, mobile_threshold_mail)
    select ${customer.id}::uuid, given.*
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, mail text, name text, phone text, role user_role,
      second_factor second_factor, mail_language language, time_zone text, job_title text, mobile_phone text, comment text,
      mobile_threshold_mail boolean)`.execute(tx)
}

async function insertMembers(tx: Transaction, customerId: string, rows: readonly MemberRow[]): Promise<void> {
  await sql`
    insert into user_group_member (customer_id, user_group_id, user_id)
    select ${customerId}::uuid, user_group_id, user_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(user_group_id uuid, user_id uuid)`.execute(tx)
}

/** In the transaction that makes them, so that nobody is made without it. */
/** So many are in memory, and in flight to the database. */
const noticesAtOnce = 200

async function sendOpeningNotices(
  { tx, now, mailing }: Importing,
  { id: customerId }: ImportedCustomer,
  users: readonly NewUser[],
): Promise<void> {
  if (users.length === 0) return
  if (!mailing) throw new Error('PORTAL_URL and SECRET_KEY are needed, those of the portal: new users are sent a link.')
  for (let start = 0; start < users.length; start += noticesAtOnce) {
    const part = users.slice(start, start + noticesAtOnce)
    await Promise.all(part.map(({ id: userId }) => sendOpeningNotice({ tx, now, ...mailing }, { customerId, userId })))
  }
}

/** Those that the file's addresses did not become, whatever their address is today. */
async function findUnnamedUsers(tx: Transaction, customerId: string, logins: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ mail: string }>`
    select mail from portal_user where customer_id = ${customerId} and state <> 'deleted' and id not in (
      select subject_id from created_by_import join unnest(${logins}::text[]) as named(name) using (name)
      where customer_id = ${customerId} and kind = 'user')
    order by login_id`.execute(tx)
  return rows.map(({ mail }) => mail)
}
