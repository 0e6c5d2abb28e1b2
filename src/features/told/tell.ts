import { sql } from 'kysely'
import { calendarOf } from '#features/incidents/calendar.ts'
import { enqueueTellings, numberOf, type Telling } from '#features/incidents/tellings.ts'
import { unsubscribeUrl } from '#features/mail-wishes/unsubscribe.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Email } from '#features/mails/sealed.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Database, Transaction } from '#platform/database/database.ts'
import { after, hours, minutes } from '#platform/time/duration.ts'
import { findSubject, type ToldIncident } from './inner/subject.ts'
import { incidentUrl, toldPaths } from './links.ts'
import { findRecipients, type Told, toldAtOnce, type ToldUser } from './recipients.ts'
import { toldEmail } from './told.email.ts'

/** What the worker tells with. */
export interface Teller extends Mailing {
  database: Database
  now: () => Date
}

/** Between two words of one fault to one user; the first and the last do not wait. */
const quiet = 10 * minutes

/** Nobody is reminded of what they were told this short a while ago. */
const justTold = 12 * hours

/**
 * Tells whoever may see an incident and wishes to be told, in parts: who was told is written with the mail, so that it may be broken off
 * at any moment and begun again, and nobody gets two. Of updates the newest is told.
 */
export async function tell(teller: Teller, telling: Telling): Promise<void> {
  let from = firstOfAll
  let isLater = false
  for (let isMore = true; isMore;) {
    const part = await teller.database.transaction((tx) => tellPart(teller, tx, { telling, from }))
    from = part.last ?? from
    isMore = part.last !== undefined
    isLater ||= part.someWait
  }
  if (!isLater) return
  const runAt = after(teller.now(), quiet)
  await teller.database.transaction((tx) => enqueueTellings(tx, [telling], runAt))
}

/** Before the id of any user. */
export const firstOfAll = '00000000-0000-0000-0000-000000000000'

interface Part {
  /** The last user of it; undefined: there are no more. */
  last: string | undefined
  someWait: boolean
}

async function tellPart(
  teller: Teller,
  tx: Transaction,
  { telling, from }: { telling: Telling; from: string },
): Promise<Part> {
  const now = teller.now()
  const subject = await findSubject(tx, telling.incident, now)
  const told = subject && toldNow(telling, subject)
  if (!told) return { last: undefined, someWait: false }
  const quietFrom = after(now, -(telling.kind === 'tomorrow' ? justTold : quiet))
  const found = await findRecipients(tx, told, { after: from, now, quietFrom })
  const canWait = telling.kind === 'update' || telling.kind === 'tomorrow'
  const users = found.filter(({ waits }) => !(canWait && waits))
  await noteTold(tx, told, { users, now })
  for (const user of users) await mailTo({ ...teller, tx, now }, { subject, told, user })
  return {
    last: found.length === toldAtOnce ? found.at(-1)?.id : undefined,
    someWait: telling.kind === 'update' && users.length < found.length,
  }
}

/** What is still to be said of it; undefined: it is not so any more. */
function toldNow({ kind, number }: Telling, subject: ToldIncident): Told | undefined {
  const { id: incidentId, customerId, isNotOver, updates, startsAt, endsAt } = subject
  const told = { customerId, incidentId, topic: subject.kind, kind, number }
  if (kind === 'ended' || kind === 'withdrawn' || kind === 'cancelled') return isNotOver ? undefined : told
  // Whoever has left hears nothing of the end.
  if (kind === 'left') return told
  if (!isNotOver) return undefined
  if (kind === 'update') return updates === 0 ? undefined : { ...told, number: updates }
  // Moved once more meanwhile: that is told by itself.
  if (kind === 'moved' || kind === 'tomorrow') return number === numberOf(startsAt, endsAt) ? told : undefined
  return told
}

async function noteTold(
  tx: Transaction,
  { customerId, incidentId, kind, number }: Told,
  { users, now }: { users: readonly ToldUser[]; now: Date },
): Promise<void> {
  await sql`
    insert into told (customer_id, user_id, subject_id, kind, number, told_at)
    select ${customerId}, id, ${incidentId}, ${kind}, ${number}, ${now} from unnest(${users.map(({ id }) => id)}::uuid[]) id`.execute(
    tx,
  )
}

interface Mailed {
  subject: ToldIncident
  told: Told
  user: ToldUser
}

async function mailTo(
  ctx: Mailing & { tx: Transaction; now: Date },
  { subject, told: { customerId, kind }, user }: Mailed,
): Promise<void> {
  const { secrets, portalUrl, now } = ctx
  const { language, timeZone } = user
  const page = incidentUrl(portalUrl, subject.id)
  const facts = {
    kind,
    subject,
    user,
    timeZone,
    page: page.href,
    wishes: new URL(toldPaths.mailWishes, portalUrl).href,
  }
  const isAboutDates = kind === 'announced' || kind === 'moved' || kind === 'tomorrow' || kind === 'cancelled'
  const email: Email = {
    ...toldEmail(language, facts),
    unsubscribeUrl: unsubscribeUrl(secrets, portalUrl, { customerId, wishId: user.wishId }),
    ...(isAboutDates &&
      subject.kind === 'works' && {
        calendar: {
          method: subject.withdrawnAt ? 'CANCEL' : 'PUBLISH',
          text: calendarOf(
            { ...subject, concerned: user.numbers.map((number) => ({ number })) },
            { language, now, portalUrl, page },
          ),
        },
      }),
  }
  const recipient = { customerId, userId: user.id, address: user.mail, language }
  await enqueueMail(ctx, recipient, { kind: `incident-${kind}`, email })
}
