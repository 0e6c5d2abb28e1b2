import { type RawBuilder, sql } from 'kysely'
import { subjectJoins, ticketSubjectJoins } from '#features/subjects/subject.ts'
import { concernsSeen } from '#features/incidents/incident.ts'
import { isShown } from '#features/notices/unread.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { isTicketSeen } from '#features/tickets/ticket.ts'
import { listings } from '#features/subjects/listings.ts'

/**
 * For `cross join lateral` with a row `w` of kind and thing_id: what the thing is called now, or nothing when the user may
 * not see it. Belongs to a statement that has `ruled` in its `with`.
 */
export function seenThing({ actor, now }: Pick<Context, 'actor' | 'now'>): RawBuilder<unknown> {
  const { isSeen, isRuled, isWhole } = seenBy(actor.scope)
  const isAdministrator = sql`${actor.role === 'portal-administrator'}::boolean`
  const theCustomer = sql`${actor.customer.id}::uuid`
  const ofContract = isSeen({ id: 'k.id', service: 's.id' })
  return sql`(
    select s.code as address, s.name_ja, s.name_en, null as number from service s
    where w.kind in ('service', 'settings-list') and (w.kind = 'service' or s.settings_name is not null) and s.id = w.thing_id and (
      ${isWhole('s.id')} and exists (
        select from contract_count c where c.customer_id = ${theCustomer} and c.service_id = s.id and c.contracts > 0)
      or exists (
        select from contract k where k.customer_id = ${theCustomer} and ${isRuled('k.id')} and k.service_id = s.id and k.ended_on is null))
    union all
    select k.id::text, concat_ws(' ', s.name_ja, t.name), concat_ws(' ', s.name_en, t.name), k.number
    from contract k join service s on s.id = k.service_id left join site t on t.customer_id = k.customer_id and t.id = k.site_id
    where w.kind = 'contract' and k.customer_id = ${theCustomer} and k.id = w.thing_id and k.ended_on is null and ${ofContract}
    union all
    select r.id::text, r.title_ja, r.title_en, r.code from contract_order r ${subjectJoins}
    where w.kind = 'order' and r.customer_id = ${theCustomer} and r.id = w.thing_id and ${ofContract}
    union all
    select r.id::text, r.title_ja, r.title_en, r.code from ticket r ${ticketSubjectJoins}
    where w.kind = 'ticket' and r.customer_id = ${theCustomer} and r.id = w.thing_id and ${isTicketSeen(actor, { isSeen })}
    union all
    select r.id::text, r.title_ja, r.title_en, r.code from incident r
    where w.kind = 'incident' and r.customer_id = ${theCustomer} and r.id = w.thing_id and ${concernsSeen('r', isSeen)}
    union all
    select n.id::text, n.title_ja, n.title_en, null from notice n
    where w.kind = 'notice' and n.id = w.thing_id and ${isShown(actor, now)}
    union all
    select l.code, l.code, l.code, null from (values ${sql.join(listed)}) l (code, id, is_administrators)
    where w.kind = 'list' and l.id = w.thing_id and (${isAdministrator} or not l.is_administrators)
    union all
    select u.id::text, u.name, u.name, u.mail from portal_user u
    where w.kind = 'user' and ${isAdministrator} and u.customer_id = ${theCustomer} and u.id = w.thing_id and u.urgency is not null
    union all
    select g.id::text, g.name, g.name, g.number from user_group g
    where w.kind = 'user-group' and ${isAdministrator} and g.customer_id = ${theCustomer} and g.id = w.thing_id)`
}

const listed = Object.entries(listings).map(
  ([code, { id, isAdministrators }]) => sql`(${sql.lit(code)}, ${sql.lit(id)}::uuid, ${sql.lit(isAdministrators)})`,
)
