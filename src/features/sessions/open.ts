import { type RawBuilder, sql } from 'kysely'
import { groupsOfUser, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Visitor } from '#platform/context.ts'
import { minutes } from '#platform/time/duration.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { Actor } from '#features/actor.ts'

export type OpenedSession =
  | { state: 'open'; actor: Actor; useIsDue: boolean }
  | { state: 'timed-out'; over: 'time' | 'limit' }
  | { state: 'none' }

/** Use is noted at most this often. */
const noteEvery = 1 * minutes

interface SessionRow {
  id: string
  state: 'open' | 'timed-out' | 'ended'
  idle_ends_at: Date
  ends_at: Date
  last_used_at: Date
}

/** Whose session a cookie names. Sets the fence of the transaction to the session's customer, or leaves it closed. */
export async function openSession(visitor: Visitor, token: string): Promise<OpenedSession> {
  if (token === '') return { state: 'none' }
  const { tx, now } = visitor
  // Both leave in one flight: behind a closed fence the second finds nobody.
  const [{ rows }, who] = await Promise.all([
    sql<SessionRow>`select id, state, idle_ends_at, ends_at, last_used_at from door.session_of_token(${hashOf(token)}, ${now})`.execute(
      tx,
    ),
    findWho(visitor, token),
  ])
  const session = rows[0]
  if (session?.state === 'timed-out') return { state: 'timed-out', over: session.ends_at <= now ? 'limit' : 'time' }
  if (session?.state !== 'open' || !who) return { state: 'none' }
  const { rules: given, customer_id, customer_name, ...user } = who
  return {
    state: 'open',
    actor: {
      ...user,
      customer: { id: customer_id, name: customer_name },
      scope: scopeOfRows(given),
      idleEndsAt: session.idle_ends_at,
      endsAt: session.ends_at,
    },
    useIsDue: now.getTime() - session.last_used_at.getTime() >= noteEvery,
  }
}

function findWho({ tx, now }: Visitor, token: string) {
  return tx
    .selectFrom('session as s')
    .innerJoin('portal_user as u', 'u.id', 's.user_id')
    .innerJoin('customer as c', 'c.id', 's.customer_id')
    .where('s.customer_id', '=', sql<string>`app_customer()`)
    .where('s.token_hash', '=', hashOf(token))
    .select((eb) => [
      's.id as sessionId',
      's.customer_id',
      'c.name as customer_name',
      'u.id as userId',
      'u.name',
      'u.mail',
      'u.role',
      's.second_factor as secondFactor',
      's.confirmed_at as confirmedAt',
      'u.screen_language as language',
      'u.mail_language as mailLanguage',
      'u.time_zone as timeZone',
      sql<Actor['theme']>`u.theme`.as('theme'),
      'u.shortcuts',
      eb.fn.coalesce('u.idle_minutes', 'c.idle_minutes').$castTo<number>().as('idleMinutes'),
    ])
    .select([draftPaths(now).as('draftPaths'), groups.as('groups'), rules.as('rules')])
    .executeTakeFirst()
}

const groups = sql<Actor['groups']>`coalesce((
  select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.number)
  from user_group_member m join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
  where m.customer_id = s.customer_id and m.user_id = u.id), '[]')`

const rules = rulesOfGroups(sql`s.customer_id`, groupsOfUser(sql`s.customer_id`, sql`u.id`))

const draftPaths = (now: Date): RawBuilder<string[]> => sql<string[]>`array(
  select path from form_draft d where d.customer_id = s.customer_id and d.user_id = u.id and d.expires_at > ${now})`
