import type pg from 'pg'
import type { TestDatabase } from './database.ts'
import { makerOf } from './make.ts'
import { superuserOf } from './superuser.ts'

export interface TwoCustomers {
  anna: string
  bob: string
}

/** Two customers with a row in every table that belongs to one. */
export async function makeTwoCustomers(database: TestDatabase): Promise<TwoCustomers> {
  const admin = superuserOf(database)
  try {
    return { anna: await fill(database, admin), bob: await fill(database, admin) }
  } finally {
    await admin.end()
  }
}

async function fill(database: TestDatabase, admin: pg.Pool): Promise<string> {
  const make = makerOf(database)
  const { id: userId, customerId } = await make.user()
  const serviceId = await make.service()
  const contractId = await make.contract({ customerId, serviceId })
  await make.fault({ customerId, contractId })
  await make.group({ customerId, rights: [{ contractId, level: 'view' }], members: [userId] })
  for (const statement of others)
    await admin.query(`with given (c, u) as (values ($1::uuid, $2::uuid)) ${statement}`, [customerId, userId])
  return customerId
}

const hash = `sha256(uuid_send(u))`
const others = [
  `insert into site (customer_id, code, name) select c, 'tokyo', '東京' from given`,
  `insert into planned_membership (customer_id, user_group_id, user_id, joins, due_on, planned_by, planned_at)
    select c, g.id, u, true, '2099-04-01', u, now() from given join user_group g on g.customer_id = c`,
  `insert into site_place (customer_id, site_id, prefecture) select c, t.id, 13 from given join site t on t.customer_id = c`,
  `insert into customer_logo (customer_id, in_force, hash, image, width, height, chosen_by, chosen_at) select c, true, md5(c::text), '', 1, 1, u, now() from given`,
  `insert into recovery_code (customer_id, user_id, code_hash) select c, u, ${hash} from given`,
  `insert into created_by_import (customer_id, kind, name, subject_id) select c, 'user', 'x', u from given`,
  `insert into code_budget (customer_id, user_id) select c, u from given`,
  `insert into sign_in (customer_id, user_id, token_hash, second_factor, credential_epoch, expires_at)
    select c, u, ${hash}, 'totp', 1, now() from given`,
  `insert into first_login (customer_id, user_id, purpose, token_hash, credential_epoch, created_at, expires_at)
    select c, u, 'registration', ${hash}, 1, now(), now() from given`,
  `insert into address_limit (customer_id, networks, descriptions) select c, '{192.0.2.0/24}', '{x}' from given`,
  `insert into trusted_browser (customer_id, user_id, token_hash, credential_epoch, confirmed_at, last_used_at, browser, ip)
    select c, u, ${hash}, 1, now(), now(), '', '192.0.2.1' from given`,
  `insert into known_browser (customer_id, user_id, token_hash, last_sign_in_at) select c, u, ${hash}, now() from given`,
  `insert into session (customer_id, user_id, token_hash, credential_epoch, policy_epoch, second_factor, created_at, last_used_at, confirmed_at, ends_at, ip, browser)
    select c, u, ${hash}, 1, 1, 'totp', now(), now(), now(), now(), '192.0.2.1', '' from given`,
  `insert into session_on_site (customer_id, session_id, site, token_hash, created_at) select c, s.id, 'settings', ${hash}, now()
    from given join session s on s.customer_id = c`,
  `insert into hand_over (code_hash, customer_id, session_id, site, challenge, expires_at) select ${hash}, c, s.id, 'settings', ${hash}, now()
    from given join session s on s.customer_id = c`,
  `insert into pin (customer_id, user_id, kind, thing_id, pinned_at) select c, u, 'contract', u, now() from given`,
  `insert into look (customer_id, user_id, kind, thing_id, looked_at) select c, u, 'contract', u, now() from given`,
  `insert into form_draft (customer_id, user_id, path, fields, expires_at) select c, u, '/', '', now() from given`,
  `insert into mail (customer_id, user_id, recipient, kind, language, created_at, expires_at) select c, u, 'x@example.com', 'test', 'ja', now(), now() from given`,
  `insert into access_history (customer_id, at, user_id, event) select c, now(), u, 'sign-in' from given`,
  `insert into contract_order (customer_id, code, service_id, title_ja, title_en, state, ordered_on, updated_at)
    select c, 'x', k.service_id, '', '', 'received', now(), now() from given join contract k on k.customer_id = c`,
  `insert into contract_order_step (customer_id, order_id, state, day) select c, o.id, 'ready', now() from given join contract_order o on o.customer_id = c`,
  `insert into order_request_counter (customer_id) select c from given`,
  `insert into order_request (customer_id, code, service_id, kind, title_ja, title_en, form, answers, state, asked_by, asked_by_name, asked_at, updated_at)
    select c, 'x', k.service_id, 'new', '', '', '{}', '{}', 'sent', u, '', now(), now() from given join contract k on k.customer_id = c`,
  `insert into ticket (customer_id, code, service_id, kind, title_ja, title_en, state, opened_at, updated_at)
    select c, 'x', k.service_id, 'fault', '', '', 'open', now(), now() from given join contract k on k.customer_id = c`,
  `insert into ticket_counter (customer_id) select c from given`,
  `insert into ticket_contract (customer_id, ticket_id, contract_id) select c, r.id, k.id from given join ticket r on r.customer_id = c join contract k on k.customer_id = c`,
  `insert into ticket_person (customer_id, ticket_id, user_id) select c, r.id, u from given join ticket r on r.customer_id = c`,
  `insert into incident_update (customer_id, incident_id, number, said_at, text_ja) select c, r.id, 1, now(), 'x' from given join incident r on r.customer_id = c`,
  `insert into mail_wish (customer_id, user_id, topic, made_at) select c, u, 'fault', now() from given`,
  `insert into told (customer_id, user_id, subject_id, kind, number, told_at) select c, u, r.id, 'opened', 0, now() from given join incident r on r.customer_id = c`,
  `insert into ticket_message (customer_id, ticket_id, number, at, by, author_name, text) select c, r.id, 1, now(), 'operator', '', 'x' from given join ticket r on r.customer_id = c`,
  `insert into ticket_note (customer_id, ticket_id, number, at, staff_name, text) select c, r.id, 1, now(), '', 'x' from given join ticket r on r.customer_id = c`,
  `insert into attachment (customer_id, about, about_id, message, at, name, type, size, sha256, state)
    select c, 'ticket', r.id, 1, now(), 'x', 'text', 0, ${hash}, 'unchecked' from given join ticket r on r.customer_id = c`,
  `insert into attachment_part (customer_id, attachment_id, number, bytes) select c, a.id, 0, '' from given join attachment a on a.customer_id = c`,
  `insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at) select c, 'x-' || c, 'news', '', '', '', '', now() from given`,
  `insert into notice_read (customer_id, user_id, notice_id) select c, u, n.id from given join notice n on n.customer_id = c`,
  `, made as (insert into notice_campaign (kind, title_ja, title_en, body_ja, body_en, for_administrators, is_important, by_mail, published_at,
      made_by, updated_at) select 'news', '', '', '', '', false, false, true, now(), 'S-0001', now() from given returning id)
    insert into notice_told (customer_id, user_id, campaign_id, told_at) select c, u, id, now() from given, made`,
  `insert into blocked_traffic (customer_id, day, service_id, subject_id, kind_ja, kind_en, count)
    select c, now(), k.service_id, k.service_id, '', '', 1 from given join contract k on k.customer_id = c`,
  `insert into feedback (customer_id, user_id, user_name, at, page, text, language, browser) select c, u, '', now(), '/', 'x', 'ja', '' from given`,
  `insert into feedback_budget (customer_id, user_id) select c, u from given`,
  `insert into staged_right (customer_id, user_id, user_group_id, rights_version) select c, u, g.id, 1 from given join user_group g on g.customer_id = c`,
  `insert into selection (customer_id, user_id, list, ids, ticked_at) select c, u, '/users', '{}', now() from given`,
  `insert into mail_change (customer_id, user_id, new_mail, token_hash, credential_epoch, requested_by, created_at, expires_at)
    select c, u, 'x@example.com', ${hash}, 1, u, now(), now() from given`,
  `insert into file_import (customer_id, author_id, created_at, expires_at, rows) select c, u, now(), now(), 0 from given`,
  `insert into user_import_notice (customer_id, user_id, import_id) select c, u, u from given`,
  `insert into address_budget (customer_id, user_id, given) select c, u, '{}' from given`,
  `insert into address_clash (customer_id, at, user_id, mail) select c, now(), u, 'x@example.com' from given`,
  `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name) select c, now(), '', 'test', 'user', '' from given`,
  `insert into access_review (customer_id, as_of, closed_at, closed_by, closed_by_name, note, users, user_groups, rights, findings, sha256)
    select c, now(), now(), u, '', '', 0, 0, 0, 0, ${hash} from given`,
  `insert into access_review_row (customer_id, review_id, kind, position, told)
    select c, r.id, 'user', 1, '{}' from given join access_review r on r.customer_id = c`,
  `insert into portal_user (customer_id, mail, name, phone, role, second_factor)
    select house(), 'staff-' || c || '@example.com', 'x', '03-0000-0000', 'general-user', 'totp' from given`,
  `insert into staff_member (user_id) select p.id from given join portal_user p on p.mail = 'staff-' || c || '@example.com'`,
  `insert into viewing (customer_id, user_id, staff_id, staff_name, reason, asked_at)
    select c, u, p.id, 'S-0001', 'x', now() from given join portal_user p on p.mail = 'staff-' || c || '@example.com'`,
  `insert into change_history_checkpoint (customer_id, sequence, hash, pruned_at, pruned) select c, 1, ${hash}, now(), 1 from given`,
]

/** A table behind the fence, and what a role may do with it. */
export interface FencedTable {
  name: string
  /** The column that names the customer. */
  key: 'id' | 'customer_id'
  forced: boolean
  /** Column by column: some are not for it. */
  readable: boolean
  /** Those that can be written, with commas. */
  columns: string
  /** One that it may change, if there is any. */
  changeable: string | null
  removable: boolean
}

/** From the catalogue: the customers themselves, and every table that names one. */
export async function fencedTables(
  admin: pg.Pool,
  role: 'portal_app' | 'portal_staff' = 'portal_app',
): Promise<FencedTable[]> {
  const { rows } = await admin.query<FencedTable>(
    `
    select c.relname as name, k.attname as key, relrowsecurity and relforcerowsecurity as forced,
      has_any_column_privilege($1, c.oid, 'select') as readable,
      (select string_agg(quote_ident(attname), ', ') from pg_attribute a where a.attrelid = c.oid and attnum > 0
        and not attisdropped and attgenerated = '' and attidentity = '') as columns,
      (select quote_ident(min(attname)) from pg_attribute a where a.attrelid = c.oid and attnum > 0
        and not attisdropped and has_column_privilege($1, c.oid, attnum, 'update')) as changeable,
      has_table_privilege($1, c.oid, 'delete') as removable
    from pg_class c join pg_attribute k on k.attrelid = c.oid
      and k.attname = case c.relname when 'customer' then 'id' else 'customer_id' end
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    order by 1`,
    [role],
  )
  return rows
}
