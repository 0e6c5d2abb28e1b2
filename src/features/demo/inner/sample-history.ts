import type { Transaction } from '#platform/database/database.ts'
import { after, days, hours, minutes } from '#platform/time/duration.ts'
import type { AccessEvent, AccessReason } from '#features/access-history/events.ts'

/** How far back the sample goes. */
const length = 90

interface SampleUser {
  id: string
  customer_id: string
  name: string
  second_factor: 'totp' | 'mail-otp' | null
}

interface SampleLine {
  at: Date
  event: AccessEvent
  reason?: AccessReason
  ip: string
  browser: string
}

/** From the networks that are set aside for examples (RFC 5737, RFC 3849). */
const places = [
  { ip: '192.0.2.24', browser: 'Edge 153 (Windows)' },
  { ip: '192.0.2.31', browser: 'Chrome 153 (Windows)' },
  { ip: '2001:db8:85a3:8d3::17', browser: 'Safari 26 (macOS)' },
] as const
const elsewhere = { ip: '203.0.113.77', browser: 'Chrome 151 (Android)' } as const

/** Writes logins and logouts of working days into the history, as if the demo's users had worked with the portal until yesterday. */
export async function addSampleHistory(tx: Transaction, now: Date): Promise<void> {
  const users = await tx
    .selectFrom('portal_user')
    .where('state', '=', 'active')
    .select(['id', 'customer_id', 'name', 'second_factor'])
    .orderBy('mail')
    .execute()
  for (const [index, user] of users.entries()) {
    const lines = linesOf(index, now)
    await tx
      .insertInto('access_history')
      .values(lines.map((line) => ({ ...rowOf(user, line) })))
      .execute()
    const last = lines.filter(({ event }) => event === 'sign-in').at(-1)
    if (last) await tx.updateTable('portal_user').set({ last_sign_in_at: last.at }).where('id', '=', user.id).execute()
  }
}

/** The oldest first. The same numbers give the same days. */
function linesOf(index: number, now: Date): SampleLine[] {
  const today = new Date(now.toISOString().slice(0, 10))
  const past = Array.from({ length }, (_, ago) => after(today, -(length - ago) * days))
  const work = past.flatMap((day, at) => (isWorkday(day, index, at) ? linesOfDay(day, index, at) : []))
  return index === 2 ? [...work, ...guesses(after(now, -2 * days))] : work
}

/** Not on Saturdays and Sundays; others now and then, each user on days of their own. */
function isWorkday(day: Date, index: number, at: number): boolean {
  return day.getUTCDay() % 6 !== 0 && (at * 7 + index * 3) % (index + 2) !== 1
}

/** From nine in the morning in Japan, which is midnight in UTC. */
function linesOfDay(day: Date, index: number, at: number): SampleLine[] {
  const place = places[(index + (at % 9 === 0 ? 1 : 0)) % places.length] ?? places[0]
  const begins = after(day, (1 + ((index * 17 + at * 13) % 70)) * minutes)
  const ends = after(begins, 1 * hours + ((index * 29 + at * 31) % 400) * minutes)
  const mistypes = (at + index) % 11 === 0
  const mistyped: SampleLine = { at: after(begins, -1 * minutes), event: 'failed', reason: 'wrong-password', ...place }
  return [
    ...(mistypes ? [mistyped] : []),
    { at: begins, event: 'sign-in', ...place },
    { at: ends, event: at % 3 === 0 ? 'timed-out' : 'sign-out', ...place },
  ]
}

/** Somebody else's, from a network where nobody has logged in, until the login ID was locked. */
function guesses(from: Date): SampleLine[] {
  const failed = [0, 1, 2, 3, 4].map((nth): SampleLine => {
    return { at: after(from, nth * minutes), event: 'failed', reason: 'wrong-password', ...elsewhere }
  })
  return [...failed, { at: after(from, 4 * minutes), event: 'locked', ...elsewhere }]
}

function rowOf({ id, customer_id, name, second_factor }: SampleUser, { reason, event, ...line }: SampleLine) {
  const shown = event === 'sign-in' || event === 'timed-out' ? second_factor : null
  return { ...line, customer_id, user_id: id, user_name: name, event, reason: reason ?? null, second_factor: shown }
}
