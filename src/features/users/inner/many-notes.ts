import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { tellAdministrators } from '#features/mails/tell-administrators.ts'
import type { UserChange } from '../user-changed.email.ts'
import { usersImportedEmail } from '../users-imported.email.ts'
import { type ChangedUser, type Many, type WritingMany, writtenFields } from '../many.ts'
import { type Concerned, tellUser } from './note-change.ts'

/** Writes one entry with all rows; tells administrators of the whole, and each user of what concerns role, identity or address. */
export async function noteMany(by: WritingMany, many: Many): Promise<void> {
  const { added, changed } = many
  await recordChange(by, {
    action: 'users-imported',
    subject: { kind: 'user-import', id: by.importId, name: 'CSV' },
    ...valuesOf(many),
  })
  await tellAdministrators(by, 'users-imported', (language, timeZone) =>
    usersImportedEmail(language, {
      added: added.length,
      changed: changed.length,
      administrators: [...added, ...changed].filter(({ fields }) => fields.role === 'portal-administrator').length,
      by: by.actor.name,
      at: by.now,
      timeZone,
    }),
  )
  await tellUsers(by, changed)
}

type Values = Record<string, string | boolean | null>

/** Each value under 「field who」: of who is changed, what differs; of who is added, all that somebody gave. */
function valuesOf({ added, changed, groups }: Many): { before: Values; after: Values } {
  const before: Values = {}
  const after: Values = {}
  const nameOf = new Map(groups.map(({ id, name }) => [id, name]))
  const named = (ids: readonly string[]): string => ids.map((id) => nameOf.get(id) ?? id).join(', ')
  for (const { mail, fields, joined } of added) {
    const who = `${fields.name} <${mail}>`
    after[`mail ${who}`] = mail
    for (const field of writtenFields) if (fields[field] !== '') after[`${field} ${who}`] = fields[field]
    if (joined.length > 0) after[`groups ${who}`] = named(joined)
  }
  for (const user of changed) {
    const who = `${user.name} <${user.mail}>`
    for (const field of writtenFields) {
      if (user.fields[field] === undefined) continue
      before[`${field} ${who}`] = user.before[field] ?? null
      after[`${field} ${who}`] = user.fields[field]
    }
    if (user.newMail) {
      before[`mail ${who}`] = user.mail
      after[`mail ${who}`] = user.newMail
    }
    if (user.joined.length > 0) after[`groups ${who}`] = named(user.joined)
    if (user.left.length > 0) before[`groups ${who}`] = named(user.left)
  }
  return { before, after }
}

async function tellUsers(by: WritingMany, changed: readonly ChangedUser[]): Promise<void> {
  const told = new Map(changed.map((user) => [user.id, toldOf(user)]))
  const ids = [...told].flatMap(([id, { length }]) => (length > 0 ? [id] : []))
  if (ids.length === 0) return
  const { rows } = await sql<Concerned & { state: string }>`
    select id, name, mail, mail_language as "mailLanguage", time_zone as "timeZone", state, state = 'active' as "isRegistered"
    from portal_user where customer_id = ${by.actor.customer.id} and id = any(${ids}::uuid[])`.execute(by.tx)
  for (const user of rows) {
    // Whoever awaits registration learns all of it from the opening notice.
    if (user.state === 'awaiting-registration') continue
    const names = { user: `${user.name} <${user.mail}>`, by: by.actor.name }
    await tellUser(by, user, { told: told.get(user.id) ?? [], ...(user.isRegistered && { names }) })
  }
}

function toldOf({ fields, newMail }: ChangedUser): UserChange[] {
  return [
    ...(fields.role === 'portal-administrator' ? (['made-administrator'] as const) : []),
    ...(fields.role === 'general-user' ? (['made-general-user'] as const) : []),
    ...(fields.name !== undefined || fields.phone !== undefined ? (['identity-changed'] as const) : []),
    ...(fields.beginsOn !== undefined || fields.endsOn !== undefined ? (['period-changed'] as const) : []),
    ...(newMail === undefined ? [] : (['mail-requested'] as const)),
  ]
}
