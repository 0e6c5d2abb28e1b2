import { type RawBuilder, sql } from 'kysely'
import { groupsOfUser, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Visitor } from '#platform/context.ts'
import { inOrder } from '#platform/database/database.ts'
import { minutes } from '#platform/time/duration.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { Actor, Logo } from '#features/actor.ts'
import { type EndReason, enterFenceBySession, type FoundSession } from './fence.ts'
import { readersKept } from './readers-kept.ts'
import { jsonRow, rowOrNull, rowsOf, value } from '#platform/database/json-row.ts'

export type OpenedSession =
  | { state: 'open'; actor: Actor; useIsDue: boolean }
  | OverSession
  /** It is open, and its user may not use it from where the request comes from: nothing was entered. */
  | { state: 'refused'; owner: SessionOwner; sessionId: string }
  /** What was kept of its reader is true no longer, and is forgotten: nothing was entered, and it is to be opened anew. */
  | { state: 'changed' }
  | { state: 'none' }

/** Over for less than two hours: it timed out, was ended, or what it stood on has `changed`. */
export interface OverSession {
  state: 'over'
  over: 'time' | 'limit' | EndReason | 'changed'
  /** Who may leave behind what was typed. */
  owner: SessionOwner | undefined
}

export interface SessionOwner {
  customerId: string
  userId: string
}

/** Use is noted at most this often. */
const noteEvery = 1 * minutes

/** A session's reader, unless something has changed since a look of theirs: what they ask for may leave before it is certain. */
export function expectReader({ now }: Pick<Visitor, 'now'>, token: string): Actor | undefined {
  return readersKept.find(keyOf(hashOf(token)), now)?.owner
}

export function forgetReader(token: string): void {
  readersKept.forget(keyOf(hashOf(token)))
}

/**
 * Whose session a cookie names. Enters the fence of its customer if it is open, or leaves it closed. In a look, which writes nothing, who it
 * is need not be read again as long as nothing has changed: then the actor is the same object.
 */
export async function openSession(visitor: Visitor, token: string, isLook: boolean): Promise<OpenedSession> {
  const tokenHash = hashOf(token)
  return open(
    visitor,
    { token, tokenHash, ofSession: sql`${tokenHash}`, isIt: sql`s.token_hash = ${tokenHash}` },
    isLook,
  )
}

/** The same for staff, whose role of the database may not read by what hash a session is found. */
export async function openStaffSession(visitor: Visitor, token: string, isLook: boolean): Promise<OpenedSession> {
  const tokenHash = hashOf(token)
  const isIt = sql<boolean>`s.id = door.session_of_staff(${tokenHash})`
  return open(visitor, { token, tokenHash, ofSession: sql`${tokenHash}`, isIt }, isLook)
}

/** The same by the cookie that the session has on another site, where its own is worth nothing. */
export function openSessionOn(site: 'settings'): typeof openSession {
  return (visitor, token, isLook) => {
    const tokenHash = hashOf(token)
    const ofSession = sql<Buffer>`door.session_on_site(${tokenHash}, ${site})`
    const confirmedAt = sql<Date>`door.confirmed_on_site(${tokenHash}, ${site})`
    return open(visitor, { token, tokenHash, ofSession, isIt: sql`s.token_hash = ${ofSession}`, confirmedAt }, isLook)
  }
}

interface Shown {
  token: string
  tokenHash: Buffer
  /** The hash of the session's own token. */
  ofSession: RawBuilder<Buffer>
  /** That the row `s` is the session. */
  isIt: RawBuilder<boolean>
  /** When the second factor was last shown under this cookie, where that is not what the session says. */
  confirmedAt?: RawBuilder<Date>
}

async function open(visitor: Visitor, shown: Shown, isLook: boolean): Promise<OpenedSession> {
  const { token, tokenHash, ofSession, isIt, confirmedAt } = shown
  if (token === '') return { state: 'none' }
  const { tx, now, client } = visitor
  const { ip, isOfStaff } = client
  const kept = isLook ? readersKept.find(keyOf(tokenHash), now) : undefined
  const [session, who] = await inOrder(
    tx,
    () => enterFenceBySession(tx, ofSession, { now, ip, known: kept?.version, isOfStaff, confirmedAt }),
    async () => (kept ? undefined : findWho(visitor, isIt)),
  )
  if (!session) return { state: 'none' }
  if (kept && kept.version !== session.version) {
    forgetReader(token)
    return { state: 'changed' }
  }
  if (session.state === 'refused')
    return {
      state: 'refused',
      owner: { customerId: session.customer_id, userId: session.user_id },
      sessionId: session.id,
    }
  if (session.state !== 'open') return overOf(session, now)
  const useIsDue = now.getTime() - session.last_used_at.getTime() >= noteEvery
  if (kept) return { state: 'open', actor: Object.assign(kept.owner, factsOf(session)), useIsDue }
  if (!who) return { state: 'none' }
  const { draftsUntil, ...facts } = who
  const actor = { ...actorOf(session, facts), cookieHash: tokenHash }
  if (isLook)
    readersKept.keep(keyOf(tokenHash), {
      owner: actor,
      version: session.version,
      now,
      weight: JSON.stringify(facts).length,
      until: draftsUntil ?? undefined,
    })
  return { state: 'open', actor, useIsDue }
}

function overOf(session: FoundSession, now: Date): OpenedSession {
  const { state, over, ends_at: endsAt, customer_id: customerId, user_id: userId } = session
  const owner = state === 'ended' ? undefined : { customerId, userId }
  if (state === 'timed-out') return { state: 'over', over: endsAt <= now ? 'limit' : 'time', owner }
  return over ? { state: 'over', over, owner } : { state: 'none' }
}

function keyOf(tokenHash: Buffer): string {
  return tokenHash.toString('base64url')
}

type Who = NonNullable<Awaited<ReturnType<typeof findWho>>>

function actorOf(session: FoundSession, who: Omit<Who, 'draftsUntil'>): Omit<Actor, 'cookieHash'> {
  const { rules: ownRules, groups: ownGroups, logo: ownLogo, customerName, customerZone, ...user } = who
  const told = groups.read(ownGroups)
  return {
    ...user,
    // What its user has typed is none of staff's.
    ...(session.seen_by !== null && { draftPaths: [] }),
    ...factsOf(session),
    sessionId: session.id,
    userId: session.user_id,
    customer: { id: session.customer_id, name: customerName, timeZone: customerZone, logo: logo.read(ownLogo) },
    groups: told,
    scope: { ...scopeOfRows(rules.read(ownRules)), groups: told.map(({ id }) => id) },
  }
}

/** What the session itself says of its reader, each time. */
function factsOf(
  session: FoundSession,
): Pick<
  Actor,
  'secondFactor' | 'confirmedAt' | 'idleEndsAt' | 'endsAt' | 'addressTrialEndsAt' | 'onlyLooks' | 'viewedBy'
> {
  const { second_factor, confirmed_at, idle_ends_at, ends_at, trial_ends_at, seen_by: viewedBy } = session
  return {
    secondFactor: second_factor,
    confirmedAt: confirmed_at,
    idleEndsAt: idle_ends_at,
    endsAt: ends_at,
    addressTrialEndsAt: trial_ends_at,
    onlyLooks: viewedBy !== null,
    viewedBy,
  }
}

/** Behind the fence of the session: before it is entered nobody is found. */
function findWho({ tx, now }: Visitor, isIt: RawBuilder<boolean>) {
  return tx
    .selectFrom('session as s')
    .innerJoin('portal_user as u', 'u.id', 's.user_id')
    .innerJoin('customer as c', 'c.id', 's.customer_id')
    .where('s.customer_id', '=', sql<string>`app_customer()`)
    .where(isIt)
    .select([
      'c.name as customerName',
      'c.time_zone as customerZone',
      'u.name',
      'u.mail',
      'u.role',
      'u.screen_language as language',
      'u.mail_language as mailLanguage',
      'u.time_zone as timeZone',
      sql<Actor['theme']>`u.theme`.as('theme'),
      'u.shortcuts',
      sql<number>`idle_minutes_of(u.idle_minutes, c.idle_minutes)`.as('idleMinutes'),
    ])
    .select([
      draftPaths(now).as('draftPaths'),
      draftsUntil(now).as('draftsUntil'),
      groups.json.as('groups'),
      rules.json.as('rules'),
      logo.json.as('logo'),
    ])
    .executeTakeFirst()
}

const logo = rowOrNull(
  jsonRow<Logo>({ hash: value('l.hash'), width: value('l.width'), height: value('l.height') }),
  sql`customer_logo l where l.customer_id = s.customer_id and l.in_force`,
)

const group = jsonRow<Actor['groups'][number]>({ id: value('g.id'), name: value('g.name') })

const groups = rowsOf(group, {
  from: sql`user_group_member m join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
    where m.customer_id = s.customer_id and m.user_id = u.id`,
  orderBy: sql`g.number`,
})

const rules = rulesOfGroups(sql`s.customer_id`, groupsOfUser(sql`s.customer_id`, sql`u.id`))

const draftPaths = (now: Date): RawBuilder<string[]> => sql<string[]>`array(select path ${drafts(now)})`

const draftsUntil = (now: Date): RawBuilder<Date | null> => sql<Date | null>`(select min(expires_at) ${drafts(now)})`

const drafts = (now: Date): RawBuilder<unknown> =>
  sql`from form_draft d where d.customer_id = s.customer_id and d.user_id = u.id and d.expires_at > ${now}`
