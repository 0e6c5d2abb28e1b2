import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { seenBy } from '#features/rights/seen.ts'
import { type Json, jsonRow, phrase, value, when } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Phrase } from '#platform/words.ts'
import { incidentTopics, type MailTopic, type WishScope } from './topics.ts'

/** メール通知: one wish of a user. */
export interface MailWish {
  id: string
  topic: MailTopic
  /** At most one is there. */
  service: Phrase | null
  site: string | null
  contract: { id: string; number: string } | null
}

/** More of them are no wishes. */
const mostWishes = 200

const wishRow = jsonRow<MailWish>({
  id: value('w.id'),
  topic: value('w.topic'),
  service: when(sql`w.service_id is not null`, phrase('s.name')),
  site: value('t.name'),
  contract: when(sql`w.contract_id is not null`, jsonRow({ id: value('k.id'), number: value('k.number') })),
})

/** One's own, the widest first. */
export async function listWishes({ tx, actor }: Context): Promise<MailWish[]> {
  const { rows } = await sql<Json<MailWish>>`
    select ${wishRow.columns} from mail_wish w left join service s on s.id = w.service_id
    left join site t on t.customer_id = w.customer_id and t.id = w.site_id
    left join contract k on k.customer_id = w.customer_id and k.id = w.contract_id
    where w.customer_id = ${actor.customer.id} and w.user_id = ${actor.userId}
    order by num_nonnulls(w.service_id, w.site_id, w.contract_id), s.name_ja, t.name, k.number, w.topic`.execute(tx)
  return rows.map((row) => wishRow.read(row))
}

/** What can be chosen: services and sites of contracts that one sees. */
export interface WishChoices {
  services: { id: string; name: Phrase }[]
  sites: { id: string; name: string }[]
}

export async function findWishChoices({ tx, actor }: Context): Promise<WishChoices> {
  const { ruled, isSeen } = seenBy(actor.scope)
  const { rows } = await sql<WishChoices>`
    with ${ruled}, seen as (
      select distinct k.service_id, k.site_id from contract k
      where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${isSeen({ id: 'k.id', service: 'k.service_id' })})
    select (select coalesce(json_agg(json_build_object('id', id, 'name', json_build_object('ja', name_ja, 'en', name_en)) order by name_ja), '[]')
        from service where id in (select service_id from seen)) as services,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name), '[]')
        from site where customer_id = ${actor.customer.id} and id in (select site_id from seen)) as sites`.execute(tx)
  return rows[0] ?? { services: [], sites: [] }
}

/** The contract with a number, if one sees it. */
export async function findSeenContract({ tx, actor }: Context, number: string): Promise<string | undefined> {
  const { ruled, isSeen } = seenBy(actor.scope)
  const { rows } = await sql<{ id: string }>`
    with ${ruled} select k.id from contract k where k.customer_id = ${actor.customer.id} and k.number = ${number}
      and k.ended_on is null and ${isSeen({ id: 'k.id', service: 'k.service_id' })}`.execute(tx)
  return rows[0]?.id
}

/** Wishes what is not wished yet. What one does not see cannot be wished; news is wished of all. */
export async function addWishes(
  ctx: Context,
  topics: readonly MailTopic[],
  scope: WishScope,
): Promise<Outcome<undefined, 'not-seen' | 'too-many'>> {
  const { tx, now, actor } = ctx
  if (!(await isScopeSeen(ctx, scope))) return refuse('not-seen')
  // Of two requests at once the second waits, and counts what the first has made.
  await sql`select from portal_user where customer_id = ${actor.customer.id} and id = ${actor.userId} for no key update`.execute(
    tx,
  )
  const { rows } = await sql<{ wishes: number }>`
    select count(*)::integer as wishes from mail_wish where customer_id = ${actor.customer.id} and user_id = ${actor.userId}`.execute(
    tx,
  )
  if ((rows[0]?.wishes ?? 0) + topics.length > mostWishes) return refuse('too-many')
  const of = (kind: WishScope['kind']): string | null => (scope.kind !== 'all' && scope.kind === kind ? scope.id : null)
  await sql`
    insert into mail_wish (customer_id, user_id, topic, service_id, site_id, contract_id, made_at)
    select ${actor.customer.id}, ${actor.userId}, topic, ${of('service')}, ${of('site')}, ${of('contract')}, ${now}
    from unnest(${topics}::text[]) topic on conflict do nothing`.execute(tx)
  return done(undefined)
}

async function isScopeSeen({ tx, actor }: Context, scope: WishScope): Promise<boolean> {
  if (scope.kind === 'all') return true
  const { ruled, isSeen } = seenBy(actor.scope)
  const column = sql.ref(scope.kind === 'contract' ? 'k.id' : `k.${scope.kind}_id`)
  const { rows } = await sql`
    with ${ruled} select from contract k where k.customer_id = ${actor.customer.id} and ${column} = ${scope.id} and k.ended_on is null
      and ${isSeen({ id: 'k.id', service: 'k.service_id' })} limit 1`.execute(tx)
  return rows.length > 0
}

/** Takes a wish back; one that is not there any more, or another's, is left. */
export async function endWish({ tx, actor }: Context, id: string): Promise<void> {
  await sql`delete from mail_wish where customer_id = ${actor.customer.id} and user_id = ${actor.userId} and id = ${id}`.execute(
    tx,
  )
}

/** Takes back what is wished of faults and works about a service, a site or a contract. */
export async function endWishesOf({ tx, actor }: Context, scope: Exclude<WishScope, { kind: 'all' }>): Promise<void> {
  await sql`delete from mail_wish where customer_id = ${actor.customer.id} and user_id = ${actor.userId}
    and ${sql.ref(`${scope.kind}_id`)} = ${scope.id} and topic = any(${incidentTopics}::text[])`.execute(tx)
}

/** Whether faults and works of a service or a contract are wished by name. */
export async function isWished({ tx, actor }: Context, scope: Exclude<WishScope, { kind: 'all' }>): Promise<boolean> {
  const { rows } = await sql<{ topics: number }>`
    select count(*)::integer as topics from mail_wish where customer_id = ${actor.customer.id} and user_id = ${actor.userId}
      and ${sql.ref(`${scope.kind}_id`)} = ${scope.id} and topic = any(${incidentTopics}::text[])`.execute(tx)
  return rows[0]?.topics === incidentTopics.length
}
