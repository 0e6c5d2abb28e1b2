import assert from 'node:assert/strict'
import { paths } from '#sites/portal/paths.ts'
import { papersOf, workbookPath } from '#platform/web/download.ts'
import type { TestDatabase } from './database.ts'
import type { MadeUser } from './make.ts'
import { superuserOf } from './superuser.ts'

/** What stands in the addresses of pages about one thing, by the patterns of their paths. */
export type Sights = Readonly<Record<string, Record<string, string>>>

const pathsOfGroups = [
  paths.userGroup,
  paths.userGroupCsv,
  paths.editUserGroup,
  paths.copyUserGroup,
  paths.deleteUserGroup,
  paths.addGroupMembers,
  paths.takeOutGroupMembers,
  paths.groupRights,
  paths.setGroupRights,
  paths.applyGroupRights,
  paths.discardGroupRights,
]

const pathsOfRights = {
  user: [paths.rightsOfUser, paths.rightsOfUserCsv, paths.rightsTrial],
  contract: [paths.rightsOfContract, paths.rightsOfContractCsv],
}

/** The same thing stands in each of them. */
function all(each: readonly { pattern: string }[], thing: Record<string, string>): Sights {
  return Object.fromEntries(
    each.flatMap(({ pattern }) =>
      [pattern, workbookPath(pattern), ...papersOf({ csv: pattern })].map((path) => [path, thing]),
    ),
  )
}

/** Things of a customer, one of each kind. */
export async function sightsOf(database: TestDatabase, { customerId, id: userId }: MadeUser): Promise<Sights> {
  const admin = superuserOf(database)
  const idOf = async (statement: string): Promise<string> =>
    (await admin.query<{ id: string }>(statement, [customerId])).rows[0]?.id ?? assert.fail(statement)
  const about = 'from contract where customer_id = $1 limit 1 returning id'
  const contract = { id: await idOf('select id from contract where customer_id = $1 order by number limit 1') }
  const user = { id: await idOf('select id from portal_user where customer_id = $1 order by mail limit 1') }
  const group = { id: await idOf('select id from user_group where customer_id = $1 order by number limit 1') }
  const service = { code: await idOf(withSettings) }
  const sights = {
    ...(await usersIn(idOf)),
    ...(await ownIn(idOf)),
    ...all(pathsOfGroups, group),
    [paths.setContractRights.pattern]: { ...group, ...service },
    [paths.service.pattern]: service,
    ...all([paths.settingsList, paths.settingsListCsv], service),
    ...all(pathsOfRights.user, user),
    ...all(pathsOfRights.contract, contract),
    [paths.contract.pattern]: contract,
    [paths.contractMemo.pattern]: contract,
    ...(await orderIn(idOf)),
    ...(await ticketIn(idOf)),
    ...(await requestIn(idOf, userId)),
    ...all([paths.contractIncidents, paths.contractIncidentsCsv], contract),
    [paths.incident.pattern]: { id: await idOf('select id from incident where customer_id = $1 limit 1') },
    [paths.triedImport.pattern]: { id: await idOf(importOf(userId)) },
    [paths.confirm.pattern]: { id: await idOf(confirmationOf(userId)) },
    [paths.notice.pattern]: {
      id: await idOf(`insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
        select customer_id, gen_random_uuid(), 'news', '', '', '', '', now() - interval '1 day' ${about}`),
    },
  }
  await admin.end()
  return sights
}

/** A form of the service of a contract, and what was asked for by it. */
async function requestIn(idOf: (statement: string) => Promise<string>, userId: string): Promise<Sights> {
  const form = `[{"code": "more", "kind": "change", "name": {"ja": "追加", "en": "More"}, "earliestDays": 0,
    "fields": [{"code": "count", "label": {"ja": "数", "en": "Count"}, "type": "number", "required": true}]}]`
  const service = await idOf(`update service set order_forms = '${form}'
    where id in (select service_id from contract where customer_id = $1) returning code as id`)
  const names = { service, form: 'more' }
  const id =
    await idOf(`insert into order_request (customer_id, code, service_id, contract_id, kind, title_ja, title_en, form, answers, state,
          asked_by, asked_by_name, asked_at, updated_at)
        select k.customer_id, gen_random_uuid(), s.id, k.id, 'change', '', '', s.order_forms->0, '{"count": 3}', 'awaiting-approval',
          '${userId}', '', now(), now() from contract k join service s on s.id = k.service_id where k.customer_id = $1 limit 1 returning id`)
  return {
    [paths.orderForm.pattern]: names,
    [paths.confirmOrderForm.pattern]: names,
    [paths.request.pattern]: { id },
    [paths.requestFile.pattern]: { id, file: await idOf(pictureOf('request', id)) },
  }
}

/** An order with a picture. */
async function orderIn(idOf: (statement: string) => Promise<string>): Promise<Sights> {
  const id =
    await idOf(`insert into contract_order (customer_id, code, service_id, contract_id, title_ja, title_en, state, ordered_on, updated_at)
    select customer_id, gen_random_uuid(), service_id, id, '', '', 'received', now(), now() from contract where customer_id = $1 limit 1 returning id`)
  const file = await idOf(pictureOf('order', id))
  return {
    [paths.order.pattern]: { id },
    [paths.orderFile.pattern]: { id, file },
    [paths.orderPicture.pattern]: { id, file },
  }
}

const pictureOf = (about: string, id: string): string => `with kept as (
    insert into attachment (customer_id, about, about_id, message, at, name, type, size, sha256, width, height, state)
      values ($1, '${about}', '${id}', 1, now(), 'x.png', 'png', 1, sha256(''), 1, 1, 'unchecked') returning *)
    insert into attachment_part (customer_id, attachment_id, number, bytes) select customer_id, id, 0, 'x' from kept returning attachment_id as id`

/** A ticket with a picture. */
async function ticketIn(idOf: (statement: string) => Promise<string>): Promise<Sights> {
  const id =
    await idOf(`insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, opened_at, updated_at)
    select customer_id, gen_random_uuid(), service_id, id, 'fault', '', '', 'open', now(), now() from contract where customer_id = $1 limit 1 returning id`)
  const file = await idOf(pictureOf('ticket', id))
  return {
    [paths.ticket.pattern]: { id },
    [paths.ticketFile.pattern]: { id, file },
    [paths.ticketPicture.pattern]: { id, file },
  }
}

/** What is the customer's own word. */
async function ownIn(idOf: (statement: string) => Promise<string>): Promise<Sights> {
  return {
    [paths.sitePlace.pattern]: { id: await idOf(newSite) },
    [paths.companyLogoImage.pattern]: { hash: await idOf(newLogo) },
    [paths.reviewedRows.pattern]: { id: await idOf(newReview) },
    [paths.incidentCalendar.pattern]: { id: await idOf(newWorks) },
  }
}

/** Of the contract that there is. */
const newWorks = `with works as (
    insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
    values ($1, gen_random_uuid(), 'works', '', '', now() + interval '1 day', now() + interval '2 days', now()) returning id)
  insert into incident_contract (customer_id, incident_id, contract_id)
  select $1, works.id, k.id from works cross join (select id from contract where customer_id = $1 order by number limit 1) k
  returning incident_id as id`

const newSite = `insert into site (customer_id, code, name) values ($1, gen_random_uuid(), '拠点') returning id`

const newReview = `insert into access_review
    (customer_id, as_of, closed_at, closed_by, closed_by_name, note, users, user_groups, rights, findings, sha256)
  select customer_id, now(), now(), id, name, '', 0, 0, 0, 0, sha256('') from portal_user where customer_id = $1 limit 1 returning id`

const newLogo = `insert into customer_logo (customer_id, in_force, hash, image, width, height, chosen_at)
  select $1, false, md5(gen_random_uuid()::text), '', 1, 1, now() returning hash as id`

/** Of a contract, now with a settings site. */
const withSettings = `update service set settings_name = '{"ja": "設定", "en": "Settings"}'
  where id in (select service_id from contract where customer_id = $1) returning code as id`

/** One that is over. */
const confirmationOf = (userId: string): string =>
  `insert into sign_in (customer_id, user_id, second_factor, credential_epoch, expires_at, confirms_session, kept_path)
    select customer_id, '${userId}', 'totp', 1, now(), id, '/' from session where customer_id = $1 limit 1 returning id`

/** A file that was brought and is done with. */
const importOf = (userId: string): string =>
  `insert into file_import (customer_id, author_id, created_at, expires_at, rows, state)
    values ($1, '${userId}', now(), now(), 0, 'applied') returning id`

/** Users in the states that their pages are about. */
async function usersIn(idOf: (statement: string) => Promise<string>): Promise<Sights> {
  const insert = (state: string): string =>
    `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
      values ($1, gen_random_uuid() || '@example.com', '', '', 'general-user', 'mail-otp', '${state}') returning *`
  const registered = {
    id: await idOf(`with u as (${insert('active')}), c as (
      insert into user_credential (customer_id, user_id, password_hash) select customer_id, id, '' from u)
      insert into session (customer_id, user_id, token_hash, credential_epoch, policy_epoch, second_factor, created_at, last_used_at, confirmed_at, ends_at, ip, browser)
      select customer_id, id, sha256(uuid_send(id)), 1, 1, 'totp', now(), now(), now(), now() + interval '12 hours', '192.0.2.1', '' from u
      returning user_id as id`),
  }
  const locked = `with u as (${insert('active')})
    insert into access_history (customer_id, at, user_id, event) select customer_id, now(), id, 'locked' from u returning user_id as id`
  const about = [
    paths.planMembership,
    paths.user,
    paths.editUser,
    paths.userMail,
    paths.suspendUser,
    paths.deleteUser,
    paths.resetFactor,
  ]
  return {
    ...Object.fromEntries([...about, paths.signOutUser].map(({ pattern }) => [pattern, registered])),
    [paths.unlockUser.pattern]: { id: await idOf(locked) },
    [paths.resendNotice.pattern]: { id: await idOf(insert('awaiting-registration')) },
    [paths.resumeUser.pattern]: { id: await idOf(insert('suspended')) },
  }
}
