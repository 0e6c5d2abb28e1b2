import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '#features/actor.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { CustomerContext, Mailing } from '#features/operator-context.ts'
import { type Change, operatorFor, recordChanges } from '#features/change-history/record.ts'
import { findCreated, noteCreated } from '#features/operators/created-once.ts'
import { findGroupIds, findGroupNames } from '#features/user-groups/put.ts'
import { isLimitedAtFirst } from '#features/address-limits/new-users.ts'
import { foldText } from '#platform/database/fold-text.ts'
import { done, type Refusal, refuse } from '#platform/outcome.ts'
import { findTwice, type Misfit, type Put, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Language } from '#platform/words.ts'
import { isLed } from '#features/administrators/led.ts'
import { isReversed } from '#features/periods-of-use/period.ts'
import { columnsOf } from './inner/columns.ts'
import type { SecondFactor } from './user.ts'

/** A user that the operator gives a customer, and who is the customer's own from then on. */
export interface UserEntry {
  /** The user ID of the login. */
  mail: string
  name: string
  kana?: string | undefined
  phone: string
  role: Role
  /** Absent: chosen at the first login. */
  secondFactor?: SecondFactor | undefined
  mailLanguage: Language
  /** Absent: the operator's. */
  timeZone?: string | undefined
  jobTitle?: string | undefined
  mobilePhone?: string | undefined
  comment?: string | undefined
  mobileThresholdMail: boolean
  /** Absent: without a limit. */
  beginsOn?: string | undefined
  endsOn?: string | undefined
  /** Names of groups: those that the operator has given, the customer's, and the automatic one. */
  groups: readonly string[]
}

/** Without `mailing` no user can be created: each is sent the opening notice. `held`: later, by whoever sends them. */
export interface UserContext extends CustomerContext {
  mailing: Mailing | 'held' | undefined
}

type UserMisfit = 'stands-twice' | 'another-customers' | 'unknown-group' | 'period-reversed' | 'no-administrator-then'

/**
 * Creates the customer's users that were never created before, and sends each the opening notice. One that the customer has
 * added under the same address is left as it is, and counts as created. Of who was created and has been deleted since, the
 * former id is answered.
 */
export async function putUsers(
  ctx: UserContext,
  entries: readonly UserEntry[],
): Promise<PutOutcome<UserMisfit> | Refusal<'cannot-mail'>> {
  const logins = entries.map(({ mail }) => foldText(mail))
  const twice = refuseMisfits(findTwice(logins, 'mail')) ?? refuseMisfits(findReversed(entries))
  if (twice) return twice
  const created = await findCreated(ctx, 'user')
  const due = entries
    .map((user, entry) => ({ ...user, entry, id: randomUUID() }))
    .filter(({ mail }) => !created.has(foldText(mail)))
  const { existing, foreign } = await findExistingUsers(ctx, due)
  const missing = due.filter(({ mail }) => !existing.has(foldText(mail)))
  const { members, unknown } = await findMemberships(ctx, missing)
  const refused = refuseMisfits(foreign) ?? refuseMisfits(unknown) ?? refuseMisfits(await findUnled(ctx, missing))
  if (refused) return refused
  if (missing.length > 0 && !ctx.mailing) return refuse('cannot-mail')
  await insertUsers(ctx, missing)
  await insertMembers(ctx, members)
  await recordAdded(ctx, missing, members)
  if (ctx.mailing && ctx.mailing !== 'held') await sendOpeningNotices({ ...ctx, ...ctx.mailing }, missing)
  const ids = new Map(due.map(({ mail, id }) => [foldText(mail), existing.get(foldText(mail)) ?? id]))
  await noteCreated(ctx, 'user', ids)
  const isNew = new Set(missing.map(({ mail }) => foldText(mail)))
  ctx.progress?.(entries.length)
  return done(
    logins.map((login): Put => ({
      id: created.get(login) ?? ids.get(login) ?? '',
      was: isNew.has(login) ? 'created' : 'unchanged',
    })),
  )
}

/** Users, and who came into which group. */
async function recordAdded(
  ctx: CustomerContext,
  users: readonly NewUser[],
  members: readonly MemberRow[],
): Promise<void> {
  const added = users.map(
    ({ id, mail, name, phone, role, secondFactor = null, mailLanguage, groups, ...period }): Change => {
      const { beginsOn, endsOn } = period
      return {
        action: 'user-added',
        subject: { kind: 'user', id, name },
        after: {
          mail,
          name,
          phone,
          role,
          secondFactor,
          mailLanguage,
          groups: groups.join(', '),
          ...(beginsOn && { beginsOn }),
          ...(endsOn && { endsOn }),
        },
      }
    },
  )
  const named = new Map(users.map(({ id, name, mail }) => [id, `${name} <${mail}>`]))
  const nameOf = await findGroupNames(ctx)
  const joined = [...Map.groupBy(members, (member) => member.user_group_id)].map(([id, rows]): Change => {
    const people = rows.map((row) => named.get(row.user_id) ?? '').join(', ')
    return {
      action: 'user-group-members-added',
      subject: { kind: 'user-group', id, name: nameOf.get(id) ?? '' },
      after: { users: people },
    }
  })
  await recordChanges({ ...ctx, actor: operatorFor(ctx.customer) }, [...added, ...joined])
}

/** The operator's users that the entries did not become, by the address they have today; not those that the customer has added. */
export async function findUnnamedUsers(
  { tx, customer }: CustomerContext,
  entries: readonly UserEntry[],
): Promise<string[]> {
  const { rows } = await sql<{ mail: string }>`
    select mail from portal_user where customer_id = ${customer.id} and state <> 'deleted' and id in (
      select subject_id from created_by_import where customer_id = ${customer.id} and kind = 'user') and id not in (
      select subject_id from created_by_import join unnest(${entries.map(({ mail }) => foldText(mail))}::text[]) as named(name) using (name)
      where customer_id = ${customer.id} and kind = 'user')
    order by login_id`.execute(tx)
  return rows.map(({ mail }) => mail)
}

interface NewUser extends UserEntry {
  id: string
  /** Its place among the entries. */
  entry: number
}

/** The customer's users who have one of the addresses, by it; and the entries whose address a user of another customer has. */
async function findExistingUsers(
  { tx, customer }: CustomerContext,
  users: readonly NewUser[],
): Promise<{ existing: ReadonlyMap<string, string>; foreign: Misfit<'another-customers'>[] }> {
  const { rows } = await sql<{ mail: string; entry: number; id: string; isForeign: boolean }>`
    select given.mail, given.entry, portal_user.id, portal_user.customer_id <> ${customer.id} as "isForeign"
    from unnest(${users.map(({ mail }) => mail)}::text[], ${users.map(({ entry }) => entry)}::int[]) as given(mail, entry)
    join portal_user on login_id = fold_text(given.mail) and state <> 'deleted'`.execute(tx)
  return {
    existing: new Map(rows.map(({ mail, id }) => [foldText(mail), id])),
    foreign: rows
      .filter(({ isForeign }) => isForeign)
      .map(({ entry, mail }) => ({ entry, at: ['mail'], problem: 'another-customers', value: mail })),
  }
}

function findReversed(entries: readonly UserEntry[]): Misfit<'period-reversed'>[] {
  return entries.flatMap(({ beginsOn = '', endsOn = '' }, entry) =>
    isReversed({ beginsOn, endsOn }) ? [{ entry, at: ['endsOn'], problem: 'period-reversed', value: endsOn }] : [],
  )
}

/** The new administrators by whose periods there would be days, after the first of them begins, that no administrator is there for. */
async function findUnled(ctx: CustomerContext, users: readonly NewUser[]): Promise<Misfit<'no-administrator-then'>[]> {
  const leading = users.filter(({ role }) => role === 'portal-administrator')
  const [first] = leading.filter(({ endsOn }) => endsOn)
  if (!first || (await isLed(ctx, leading))) return []
  return [{ entry: first.entry, at: ['endsOn'], problem: 'no-administrator-then', value: first.endsOn ?? '' }]
}

interface MemberRow {
  user_group_id: string
  user_id: string
}

async function findMemberships(
  ctx: CustomerContext,
  users: readonly NewUser[],
): Promise<{ members: MemberRow[]; unknown: Misfit<'unknown-group'>[] }> {
  const groups = await findGroupIds(ctx)
  const living = new Set(groups.values())
  const created = await findCreated(ctx, 'user-group')
  // A group that the operator has given keeps the name it had then, whatever the customer calls it now.
  const idOf = (name: string): string => {
    const made = created.get(foldText(name))
    return (made && living.has(made) ? made : groups.get(foldText(name))) ?? ''
  }
  return {
    members: users.flatMap(({ id, groups: names }) =>
      [...new Set(names.map(idOf))].map((group) => ({ user_group_id: group, user_id: id })),
    ),
    unknown: users.flatMap(({ entry, groups: names }) =>
      names.flatMap((value, place): Misfit<'unknown-group'>[] =>
        living.has(idOf(value)) ? [] : [{ entry, at: ['groups', place], problem: 'unknown-group', value }],
      ),
    ),
  }
}

async function insertUsers(ctx: CustomerContext, users: readonly NewUser[]): Promise<void> {
  const { time_zone: customersZone } = await ctx.tx
    .selectFrom('customer')
    .where('id', '=', ctx.customer.id)
    .select('time_zone')
    .executeTakeFirstOrThrow()
  const rows = users.map((user) => {
    const { kana = '', jobTitle = '', mobilePhone = '', comment = '', beginsOn = '', endsOn = '' } = user
    const { timeZone = customersZone } = user
    const columns = columnsOf({ ...user, timeZone, kana, jobTitle, mobilePhone, comment, beginsOn, endsOn })
    return { id: user.id, mail: user.mail, second_factor: user.secondFactor, ...columns }
  })
  await sql`
    insert into portal_user (customer_id, id, mail, name, kana, phone, role, second_factor, mail_language, time_zone, job_title,
      mobile_phone, comment, mobile_threshold_mail, begins_on, ends_on, is_limited, from_operator)
    select ${ctx.customer.id}::uuid, given.*, ${isLimitedAtFirst(ctx.customer.id)}, true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, mail text, name text, kana text, phone text, role user_role,
      second_factor second_factor, mail_language language, time_zone text, job_title text, mobile_phone text, comment text,
      mobile_threshold_mail boolean, begins_on date, ends_on date)`.execute(ctx.tx)
}

async function insertMembers({ tx, customer }: CustomerContext, rows: readonly MemberRow[]): Promise<void> {
  await sql`
    insert into user_group_member (customer_id, user_group_id, user_id)
    select ${customer.id}::uuid, user_group_id, user_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(user_group_id uuid, user_id uuid)`.execute(tx)
}

/** So many are in memory, and in flight to the database. */
const noticesAtOnce = 200

/** In the transaction that creates the users, so that nobody is created without. */
async function sendOpeningNotices(ctx: CustomerContext & Mailing, users: readonly NewUser[]): Promise<void> {
  for (let start = 0; start < users.length; start += noticesAtOnce) {
    const part = users.slice(start, start + noticesAtOnce)
    await Promise.all(part.map(({ id: userId }) => sendOpeningNotice(ctx, { customerId: ctx.customer.id, userId })))
  }
}
