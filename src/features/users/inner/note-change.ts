import { type Change, recordChange } from '#features/change-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Language } from '#platform/words.ts'
import { type Telling, tellAdministrators } from '#features/mails/tell-administrators.ts'
import { type UserChange, userChangedEmail } from '../user-changed.email.ts'

/** Whom a change is about, as they are written to. */
export interface Concerned {
  id: string
  name: string
  mail: string
  mailLanguage: Language
  timeZone: string
}

export interface NotedChange extends Pick<Change, 'action' | 'before' | 'after'> {
  /** What people are told of; nothing: it is in the history alone. */
  told?: readonly UserChange[]
  /** The user knows from another mail. */
  userKnows?: boolean
}

/** Writes into the history what was done to a user; and to that user and to all administrators, what they must know. */
export async function noteChange(
  by: Telling,
  user: Concerned,
  { action, told = [], userKnows = false, ...values }: NotedChange,
): Promise<void> {
  await recordChange(by, { action, subject: { kind: 'user', id: user.id, name: user.name }, ...values })
  if (told.length === 0) return
  const facts = { user: `${user.name} <${user.mail}>`, told, by: by.actor.name, at: by.now }
  const { id: userId, mail: address, mailLanguage: language, timeZone } = user
  if (!userKnows)
    await enqueueMail(
      by,
      { customerId: by.actor.customer.id, userId, address, language },
      { kind: 'user-changed', email: userChangedEmail(language, { ...facts, timeZone, isOwn: true }) },
    )
  await tellAdministrators({ ...by, alsoNot: userId }, 'user-changed', (theirs, zone) =>
    userChangedEmail(theirs, { ...facts, timeZone: zone, isOwn: false }),
  )
}
