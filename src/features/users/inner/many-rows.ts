import { type RawBuilder, sql } from 'kysely'
import { type AddedUser, type ChangedUser, type WrittenFields, writtenFields, type WritingMany } from '../many.ts'

/** Written by one statement; then progress is told. */
const mostAtOnce = 1000

const columnOf = {
  name: 'name',
  kana: 'kana',
  phone: 'phone',
  role: 'role',
  mailLanguage: 'mail_language',
  timeZone: 'time_zone',
  jobTitle: 'job_title',
  mobilePhone: 'mobile_phone',
  comment: 'comment',
  mobileThresholdMail: 'mobile_threshold_mail',
  beginsOn: 'begins_on',
  endsOn: 'ends_on',
} as const satisfies Record<keyof WrittenFields, string>

const columns = sql`name text, kana text, phone text, role user_role, mail_language language, time_zone text, job_title text,
  mobile_phone text, comment text, mobile_threshold_mail boolean, begins_on text, ends_on text`

/** Days come as texts, empty for none. */
const days: readonly string[] = [columnOf.beginsOn, columnOf.endsOn]
const given = (column: string): RawBuilder<unknown> =>
  days.includes(column) ? sql`nullif(given.${sql.ref(column)}, '')::date` : sql`given.${sql.ref(column)}`

const written = sql.join(Object.values(columnOf).map((column) => sql.ref(column)))

function columnsIn(fields: Partial<WrittenFields>): Record<string, string | boolean> {
  return Object.fromEntries(
    writtenFields.flatMap((field) => (fields[field] === undefined ? [] : [[columnOf[field], fields[field]] as const])),
  )
}

export async function insertMany(by: WritingMany, added: readonly AddedUser[]): Promise<void> {
  await inParts(by, added, async (part) => {
    const rows = part.map(({ id, mail, fields }) => ({ id, mail, ...columnsIn(fields) }))
    await sql`
      insert into portal_user (customer_id, id, mail, ${written})
      select ${by.actor.customer.id}::uuid, given.id, given.mail, ${sql.join(Object.values(columnOf).map((column) => given(column)))}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, mail text, ${columns})`.execute(by.tx)
  })
}

/** Of whoever is no administrator any longer, the logins end. */
export async function updateMany(by: WritingMany, changed: readonly ChangedUser[]): Promise<void> {
  await inParts(by, changed, async (part) => {
    const rows = part.map(({ id, fields }) => ({ id, ...columnsIn(fields) }))
    await sql`
      update portal_user u set version = u.version + 1, ${assignments}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, ${columns})
      where u.customer_id = ${by.actor.customer.id} and u.id = given.id`.execute(by.tx)
  })
  const demoted = changed.filter(({ fields }) => fields.role === 'general-user').map(({ id }) => id)
  if (demoted.length > 0) await endSessions(by, demoted)
}

/** What a row does not name stays. */
const assignments: RawBuilder<unknown> = sql.join(
  Object.values(columnOf).map(
    (column) =>
      sql`${sql.ref(column)} = case when given.${sql.ref(column)} is null then u.${sql.ref(column)} else ${given(column)} end`,
  ),
)

async function endSessions({ tx, now, actor }: WritingMany, userIds: readonly string[]): Promise<void> {
  await sql`
    with ended as (
      update session set ended_at = ${now}, end_reason = 'ended-by-administrator'
      where customer_id = ${actor.customer.id} and user_id = any(${userIds}::uuid[]) and ended_at is null and seen_by is null returning user_id)
    insert into access_history (customer_id, at, user_id, user_name, event, reason)
    select u.customer_id, ${now}, u.id, u.name, 'sign-out', 'ended-by-administrator'
    from ended join portal_user u on u.id = ended.user_id`.execute(tx)
}

export async function setManyGroups(
  { tx, actor }: WritingMany,
  users: readonly Pick<AddedUser, 'id' | 'joined' | 'left'>[],
): Promise<void> {
  const pairs = (which: 'joined' | 'left'): string =>
    JSON.stringify(users.flatMap(({ id, [which]: groups }) => groups.map((group) => ({ id, group }))))
  await sql`
    insert into user_group_member (customer_id, user_group_id, user_id)
    select g.customer_id, g.id, given.id
    from jsonb_to_recordset(${pairs('joined')}::jsonb) as given(id uuid, "group" uuid)
    join user_group g on g.customer_id = ${actor.customer.id} and g.id = given."group"
    on conflict do nothing`.execute(tx)
  await sql`
    delete from user_group_member m
    using jsonb_to_recordset(${pairs('left')}::jsonb) as given(id uuid, "group" uuid)
    where m.customer_id = ${actor.customer.id} and m.user_id = given.id and m.user_group_id = given."group"`.execute(tx)
}

async function inParts<Row>(
  { progress }: WritingMany,
  rows: readonly Row[],
  write: (part: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += mostAtOnce) {
    const part = rows.slice(start, start + mostAtOnce)
    await write(part)
    await progress(part.length)
  }
}
