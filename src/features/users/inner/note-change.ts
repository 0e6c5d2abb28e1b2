import { type Change, recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Language } from '#platform/words.ts'
import { type Telling, tellAdministrators } from '#features/mails/tell-administrators.ts'
import { type UserChange, type UserChanged, userChangedEmail } from '../user-changed.email.ts'

/** Whom a change is about, as they are written to. */
export interface Concerned {
  id: string
  name: string
  mail: string
  mailLanguage: Language
  timeZone: string
  /** Has registered by a URL that was mailed there; until then the address may be anybody's. */
  isRegistered: boolean
}

export interface NotedChange extends Pick<Change, 'action' | 'before' | 'after'> {
  /** What people are told of; nothing: it is in the history alone. */
  told?: readonly UserChange[]
  /** What the user alone is told of besides. */
  toldUser?: readonly UserChange[]
  /** The user knows from another mail. */
  userKnows?: boolean
  /** Administrators are told of all the users of a task by one mail. */
  isOneOfMany?: boolean | undefined
}

/** Writes into the history what was done to a user; and to that user and to all administrators, what they must know. */
export async function noteChange(
  by: Telling,
  user: Concerned,
  { action, told = [], toldUser = [], userKnows = false, isOneOfMany = false, ...values }: NotedChange,
): Promise<void> {
  await recordChange(by, { action, subject: { kind: 'user', id: user.id, name: user.name }, ...values })
  const names = { user: `${user.name} <${user.mail}>`, by: by.actor.name }
  const own = userKnows ? [] : [...told, ...toldUser]
  if (own.length > 0) await tellUser(by, user, { told: own, ...(user.isRegistered && { names }) })
  if (told.length === 0 || isOneOfMany) return
  await tellAdministrators({ ...by, alsoNot: user.id }, 'user-changed', (language, timeZone) =>
    userChangedEmail(language, { names, told, at: by.now, timeZone, isOwn: false }),
  )
}

/** Tells a user what was done to the own user; `names` only where the address is confirmed. */
export async function tellUser(
  by: Telling,
  { id: userId, mail: address, mailLanguage: language, timeZone }: Concerned,
  what: Pick<UserChanged, 'told' | 'names'>,
): Promise<void> {
  await enqueueMail(
    by,
    { customerId: by.actor.customer.id, userId, address, language },
    { kind: 'user-changed', email: userChangedEmail(language, { ...what, at: by.now, timeZone, isOwn: true }) },
  )
}
