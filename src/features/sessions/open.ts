import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { type Rule, scopeOf } from '#features/rights/scope.ts'
import type { Visitor } from '#platform/context.ts'
import { minutes } from '#platform/duration.ts'
import { hashOf } from '#platform/secrets.ts'
import type { Actor } from './actor.ts'

export type OpenedSession =
  | { state: 'open'; actor: Actor; useIsDue: boolean }
  | { state: 'timed-out' }
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
  if (session?.state === 'timed-out') return { state: 'timed-out' }
  if (session?.state !== 'open' || !who) return { state: 'none' }
  const { rules, group_rows: groups, customer_id, customer_name, ...user } = who
  return {
    state: 'open',
    actor: {
      ...user,
      customer: { id: customer_id, name: customer_name },
      // The enumeration of the database is the type of the level.
      scope: scopeOf(rules as Rule[]),
      groups,
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
      'u.time_zone as timeZone',
      sql<Actor['theme']>`u.theme`.as('theme'),
      'u.shortcuts',
      eb.fn.coalesce('u.idle_minutes', 'c.idle_minutes').$castTo<number>().as('idleMinutes'),
      sql<
        string[]
      >`array(select path from form_draft d where d.customer_id = s.customer_id and d.user_id = u.id and d.expires_at > ${now})`.as(
        'draftPaths',
      ),
      jsonArrayFrom(
        eb
          .selectFrom('user_group_member as m')
          .innerJoin('user_group as g', 'g.id', 'm.user_group_id')
          .whereRef('m.customer_id', '=', 's.customer_id')
          .whereRef('m.user_id', '=', 'u.id')
          .select(['g.id', 'g.name'])
          .orderBy('g.number'),
      ).as('group_rows'),
      jsonArrayFrom(
        eb
          .selectFrom('user_group_member as m')
          .innerJoin('user_group_right as r', (on) =>
            on.onRef('r.customer_id', '=', 'm.customer_id').onRef('r.user_group_id', '=', 'm.user_group_id'),
          )
          .whereRef('m.customer_id', '=', 's.customer_id')
          .whereRef('m.user_id', '=', 'u.id')
          .select(({ fn }) => ['r.service_id as service', 'r.contract_id as contract', fn.max('r.level').as('level')])
          .groupBy(['r.service_id', 'r.contract_id']),
      ).as('rules'),
    ])
    .executeTakeFirst()
}
