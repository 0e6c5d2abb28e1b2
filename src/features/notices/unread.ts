import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import { seenBy } from '#features/rights/seen.ts'
import { after, days, seconds } from '#platform/time/duration.ts'

type Reader = Pick<Actor, 'customer' | 'userId' | 'role' | 'scope'>

/** How long a notice counts as unread: an older one is no news to a user who joins later. */
export const countsAsNewFor = 90 * days

/** Of a row of `notice n`: it is for the reader, published and not ended. */
export function isShown(reader: Reader, now: Date): RawBuilder<boolean> {
  return sql<boolean>`((n.customer_id is null or n.customer_id = ${reader.customer.id})
    and n.published_at <= ${now} and (n.ends_at is null or n.ends_at > ${now}) and n.withdrawn_at is null
    and (not n.for_administrators or ${reader.role === 'portal-administrator'}) and ${isOfService(reader)})`
}

/** It is about no service, or the reader sees a contract of one that it is about. */
function isOfService({ customer, scope }: Pick<Reader, 'customer' | 'scope'>): RawBuilder<boolean> {
  const { ruled, isSeen } = seenBy(scope, 'ruled_of_notice')
  return sql<boolean>`(n.for_services is null or exists (with ${ruled} select from contract k
    where k.customer_id = ${customer.id} and k.service_id = any(n.for_services) and k.ended_on is null
      and ${isSeen({ id: 'k.id', service: 'k.service_id' })}))`
}

/** Of a row of `notice n`: it is young, and the reader has not opened it. */
export function isUnread({ customer, userId }: Pick<Reader, 'customer' | 'userId'>, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(n.published_at > ${after(now, -countsAsNewFor)} and not exists (
    select from notice_read r where r.customer_id = ${customer.id} and r.user_id = ${userId} and r.notice_id = n.id))`
}

/** An expression: how many notices the reader has not opened. */
export function unreadNotices(reader: Reader, now: Date): RawBuilder<number> {
  return sql<number>`(select count(*)::integer from notice n where ${isShown(reader, now)} and ${isUnread(reader, now)})`
}

/** Selects when the next of the reader's notices is published, ends, or counts as new no longer. */
export function nextOfNotices({ customer }: Pick<Reader, 'customer'>, now: Date): RawBuilder<Date | null> {
  const next = (moment: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    min(${moment}) filter (where ${moment} > ${now})`
  return sql<Date | null>`
    select least(${next(sql`n.published_at`)}, ${next(sql`n.ends_at`)}, ${next(sql`n.published_at + ${countsAsNewFor / seconds} * interval '1 second'`)})
    from notice n where n.customer_id is null or n.customer_id = ${customer.id}`
}
