import { type RawBuilder, sql } from 'kysely'
import { editingActions } from '#features/change-history/actions.ts'
import { quietFor } from '#features/users/list.ts'
import { after, days } from '#platform/time/duration.ts'
import type { ReviewSource } from '../source.ts'

/** How long a right to edit may be unused. */
const unusedFor = 180 * days

/**
 * The rows of a review, for a statement's `with`: `user_row`, `group_row` and `right_row`, each with its `position` and with what is
 * `told` as JSON. Of a review that is closed they are those that were kept; else they are made of the records of the moment.
 */
export function reviewRows(
  { actor }: { actor: { customer: { id: string } } },
  source: ReviewSource,
): RawBuilder<unknown> {
  const customerId = actor.customer.id
  return 'reviewId' in source ? keptRows(customerId, source.reviewId) : rowsAt(customerId, source.at)
}

/** All of them, in the order in which they are kept and hashed. */
export const everyRow: RawBuilder<unknown> = sql`
  select 'user' as kind, position, told from user_row union all select 'user-group', position, told from group_row
  union all select 'right', position, told from right_row`

/** Of rows `e` with kind, position and told: docs/security.md says the same for whoever computes it elsewhere. */
export const hashOfRows: RawBuilder<Buffer> = sql<Buffer>`
  sha256(convert_to(coalesce(string_agg(e.told::text || E'\n', '' order by e.kind, e.position), ''), 'UTF8'))`

function keptRows(customerId: string, reviewId: string): RawBuilder<unknown> {
  const kept = (kind: string): RawBuilder<unknown> => sql`
    select position, told from access_review_row
    where customer_id = ${customerId} and review_id = ${reviewId} and kind = ${sql.lit(kind)}`
  return sql`user_row as (${kept('user')}), group_row as (${kept('user-group')}), right_row as (${kept('right')})`
}

function rowsAt(customerId: string, at: Date): RawBuilder<unknown> {
  const then = sql`customer_id = ${customerId} and since <= ${at} and until > ${at}`
  return sql`
    users_then as materialized (
      select id, name, kana, mail, role, state, not is_in_period(begins_on, ends_on, time_zone, ${at}) as is_outside
      from user_record, (select time_zone from customer where id = ${customerId}) own where ${then} and state <> 'deleted'
    ), members_then as materialized (
      select user_group_id, user_id from membership_record where ${then} and user_id in (select id from users_then)
    ), rights_then as materialized (
      select id, user_group_id, service_id, contract_id, contract_number, level from right_record where ${then}
    ), groups_then as materialized (
      select g.id, g.number, coalesce(m.members, 0) as members, coalesce(x.rights, 0) as rights, x.level,
        jsonb_build_object('id', g.id, 'number', g.number, 'name', g.name, 'isAutomatic', g.is_automatic) as told
      from user_group_record g
        left join (select user_group_id, count(*)::int as members from members_then group by 1) m on m.user_group_id = g.id
        left join (select user_group_id, count(*)::int as rights, max(level) as level from rights_then group by 1) x
          on x.user_group_id = g.id
      where ${then}
    ), user_row as (${userRows(customerId, at)}), group_row as (
      select row_number() over (order by number)::int as position, told || jsonb_build_object('kind', 'user-group', 'members', members,
        'rights', rights, 'level', level, 'findings', to_jsonb(case when members = 0 then array['nobody'] else '{}' end)) as told
      from groups_then
    ), right_row as (
      select row_number() over (order by g.number, x.contract_number nulls first, s.position nulls first, x.id)::int as position,
        jsonb_build_object('kind', 'right', 'id', x.id, 'group', g.told, 'members', g.members, 'level', x.level,
          'service', case when s.id is not null then jsonb_build_object('ja', s.name_ja, 'en', s.name_en) end,
          'contract', x.contract_number) as told
      from rights_then x join groups_then g on g.id = x.user_group_id left join service s on s.id = x.service_id)`
}

/** Who has never logged in or changed anything is asked after as long after having been added. */
function userRows(customerId: string, at: Date): RawBuilder<unknown> {
  const newest = (history: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select max(h.at) from ${history} and h.customer_id = ${customerId} and h.at <= ${at})`
  const isAsked = (last: string, than: Date): RawBuilder<unknown> =>
    sql`u.state = 'active' and not u.is_outside and coalesce(l.${sql.id(last)}, p.created_at) < ${than}`
  return sql`
    select row_number() over (order by kana_order(u.kana), u.name, u.mail, u.id)::int as position, jsonb_build_object(
      'kind', 'user', 'id', u.id, 'name', u.name, 'kana', u.kana, 'mail', u.mail, 'role', u.role, 'state', u.state,
      'isOutside', u.is_outside,
      'groups', coalesce(o.groups, '[]'), 'level', o.level, 'lastSignIn', ${momentIn('l.sign_in')}, 'lastEdit', ${momentIn('l.edit')},
      'findings', to_jsonb(array_remove(array[case when ${isAsked('sign_in', after(at, -quietFor))} then 'quiet' end,
        case when o.level = 'edit' and ${isAsked('edit', after(at, -unusedFor))} then 'unused' end], null))) as told
    from users_then u join portal_user p on p.customer_id = ${customerId} and p.id = u.id
      left join (
        select m.user_id, max(g.level) as level, jsonb_agg(g.told order by g.number) as groups
        from members_then m join groups_then g on g.id = m.user_group_id group by 1) o on o.user_id = u.id
      cross join lateral (select
        case when p.last_sign_in_at <= ${at} then p.last_sign_in_at
          else ${newest(sql`access_history h where h.user_id = u.id and h.event in ('sign-in', 'second-step-skipped')`)} end as sign_in,
        ${newest(sql`change_history h where h.actor_id = u.id and h.action in (${sql.join(editingActions.map((action) => sql.lit(action)))})`)}
          as edit
        -- Each is looked for once, however often it is told.
        offset 0) l`
}

/** In JSON, whatever the zone of the connection is. */
function momentIn(column: string): RawBuilder<string | null> {
  return sql<string | null>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}
