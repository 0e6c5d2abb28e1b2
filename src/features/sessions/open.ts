import { type RawBuilder, sql } from 'kysely'
import { groupsOfUser, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Visitor } from '#platform/context.ts'
import { inOrder } from '#platform/database/database.ts'
import { minutes } from '#platform/time/duration.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { Actor } from '#features/actor.ts'
import { enterFenceBySession } from './fence.ts'
import { jsonRow, rowsOf, value } from '#platform/database/json-row.ts'

export type OpenedSession =
  | { state: 'open'; actor: Actor; useIsDue: boolean }
  | { state: 'timed-out'; over: 'time' | 'limit'; owner: SessionOwner }
  | { state: 'none' }

export interface SessionOwner {
  customerId: string
  userId: string
}

/** Use is noted at most this often. */
const noteEvery = 1 * minutes

/** Whose session a cookie names. Enters the fence of its customer, or leaves it closed. */
export async function openSession(visitor: Visitor, token: string): Promise<OpenedSession> {
  if (token === '') return { state: 'none' }
  const { tx, now } = visitor
  const tokenHash = hashOf(token)
  const [session, who] = await inOrder(
    tx,
    () => enterFenceBySession(tx, tokenHash, now),
    () => findWho(visitor, tokenHash),
  )
  if (!session) return { state: 'none' }
  const { id: sessionId, customer_id: customerId, user_id: userId, ends_at: endsAt } = session
  if (session.state === 'timed-out')
    return { state: 'timed-out', over: endsAt <= now ? 'limit' : 'time', owner: { customerId, userId } }
  if (session.state !== 'open' || !who) return { state: 'none' }
  const { rules: ownRules, groups: ownGroups, customerName, ...user } = who
  return {
    state: 'open',
    actor: {
      ...user,
      sessionId,
      userId,
      customer: { id: customerId, name: customerName },
      groups: groups.read(ownGroups),
      scope: scopeOfRows(rules.read(ownRules)),
      idleEndsAt: session.idle_ends_at,
      endsAt,
    },
    useIsDue: now.getTime() - session.last_used_at.getTime() >= noteEvery,
  }
}

/** Behind the fence of the session: before it is entered nobody is found. */
function findWho({ tx, now }: Visitor, tokenHash: Buffer) {
  return tx
    .selectFrom('session as s')
    .innerJoin('portal_user as u', 'u.id', 's.user_id')
    .innerJoin('customer as c', 'c.id', 's.customer_id')
    .where('s.customer_id', '=', sql<string>`app_customer()`)
    .where('s.token_hash', '=', tokenHash)
    .select((eb) => [
      'c.name as customerName',
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
    .select([draftPaths(now).as('draftPaths'), groups.json.as('groups'), rules.json.as('rules')])
    .executeTakeFirst()
}

const group = jsonRow<Actor['groups'][number]>({ id: value('g.id'), name: value('g.name') })

const groups = rowsOf(group, {
  from: sql`user_group_member m join user_group g on g.customer_id = m.customer_id and g.id = m.user_group_id
    where m.customer_id = s.customer_id and m.user_id = u.id`,
  orderBy: sql`g.number`,
})

const rules = rulesOfGroups(sql`s.customer_id`, groupsOfUser(sql`s.customer_id`, sql`u.id`))

const draftPaths = (now: Date): RawBuilder<string[]> => sql<string[]>`array(
  select path from form_draft d where d.customer_id = s.customer_id and d.user_id = u.id and d.expires_at > ${now})`
