import { type RawBuilder, sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Actor, Context } from '#features/actor.ts'
import {
  type Fact,
  type Json,
  type JsonRow,
  jsonRow,
  only,
  phrase,
  rowOrNull,
  rowsOf,
  value,
} from '#platform/database/json-row.ts'
import { type Bounds, boundsOf, inOrder, rowsAt, type Place, type RowKey } from '#platform/list/paging.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending, isKeyBy, orderIn } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupOf } from './group.ts'
import type { ChosenRule } from './rights.ts'

export interface ContractRule extends ChosenRule {
  id: string
  number: string
  site: string | null
  memo: string
}

export interface ContractRules {
  group: Group
  service: { id: string; code: string; name: Phrase }
  /** What the wider layers give, as the actor has chosen them. */
  wider: { all: Level | null; service: Level | null }
  rows: ContractRule[]
  total: number
  /** Without the filter. */
  all: number
}

export interface ContractRulesAsked {
  groupId: string
  serviceCode: string
  terms: readonly string[]
  place: Place
}

interface Answer extends Omit<ContractRules, 'group' | 'service' | 'total'> {
  group: Group | null
  service: ContractRules['service'] | null
  /** By the terms; none without terms. */
  found: number
}

/**
 * The customer's contracts of a service with the rule that a group has for each. An administrator sets rights for contracts
 * that the own groups do not show: so here, and here alone, all are listed.
 */
export async function listContractRules(ctx: Context, asked: ContractRulesAsked): Promise<ContractRules | undefined> {
  const { tx, language } = ctx
  const { groupId, serviceCode, terms, place } = asked
  const bounds = boundsOf(orderIn(language, usual, sorted), place, 0)
  const answer = answerFor(ctx, groupId, bounds)
  const { rows: answers } = await sql<Json<Answer>>`
    with s as materialized (select id, code, name_ja, name_en from service where code = ${serviceCode}),
    found as materialized (${foundIn(terms)}),
    page as materialized (${terms.length > 0 ? pageOfFound(bounds) : pageOfAll(ctx, bounds)})
    select ${answer.columns}`.execute(tx)
  const { group, service, wider, all, found, rows } = answer.read(only(answers))
  if (!group || !service) return undefined
  const total = terms.length > 0 ? found : all
  // Only now it is known how many rows the last page has.
  return { group, service, wider, all, total, rows: inOrder(place, rows.slice(0, rowsAt(place, total))) }
}

/** Those of the service that hold every term; without terms nothing has to be found first. */
function foundIn(terms: readonly string[]): RawBuilder<unknown> {
  if (terms.length === 0) return sql`select id, number from contract where false`
  return sql`select k.id, k.number from door.find_contracts(${terms}, true, '{}', '{}') k where k.service_id = (select id from s)`
}

function pageOfFound({ where, orderBy, limit }: Bounds): RawBuilder<unknown> {
  return sql`select k.id from found k where ${where} order by ${orderBy} limit ${limit}`
}

function pageOfAll({ actor }: Context, { where, orderBy, limit }: Bounds): RawBuilder<unknown> {
  return sql`select k.id from contract k where k.customer_id = ${actor.customer.id} and k.service_id = (select id from s)
    and k.ended_on is null and ${where} order by ${orderBy} limit ${limit}`
}

function answerFor({ actor }: Context, groupId: string, { orderBy }: Bounds): JsonRow<Answer> {
  const chosen = (about: RawBuilder<unknown>): Fact<Level | null> => value(chosenLevel(actor, groupId, about))
  return jsonRow<Answer>({
    group: groupOf(actor, groupId),
    service: rowOrNull(service, sql`s`),
    wider: jsonRow({
      all: chosen(sql`o.service_id is null and o.contract_id is null`),
      service: chosen(sql`o.service_id = (select id from s)`),
    }),
    all: value(sql`coalesce((select sum(contracts)::int from contract_count
      where customer_id = ${actor.customer.id} and service_id = (select id from s)), 0)`),
    found: value(sql`(select count(*)::int from found)`),
    rows: rowsOf(contractRule, {
      from: sql`page join contract k on k.customer_id = ${actor.customer.id} and k.id = page.id
        left join site t on t.customer_id = k.customer_id and t.id = k.site_id
        left join user_group_right r on r.customer_id = k.customer_id and r.user_group_id = ${groupId}
          and r.service_id is null and r.contract_id = k.id
        left join staged_right st on st.customer_id = k.customer_id and st.user_id = ${actor.userId}
          and st.user_group_id = ${groupId} and st.service_id is null and st.contract_id = k.id`,
      orderBy,
    }),
  })
}

const service = jsonRow<ContractRules['service']>({ id: value('id'), code: value('code'), name: phrase('name') })

const contractRule = jsonRow<ContractRule>({
  id: value('k.id'),
  number: value('k.number'),
  site: value('t.name'),
  memo: value('k.memo'),
  inForce: value('r.level'),
  chosen: value(sql`case when st.user_group_id is null then r.level else st.level end`),
})

/** The level of one rule as the actor has chosen it: staged, or else in force. */
function chosenLevel({ customer, userId }: Actor, groupId: string, about: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select level from (
      select 1 as place, o.level from staged_right o
      where o.customer_id = ${customer.id} and o.user_id = ${userId} and o.user_group_id = ${groupId} and ${about}
      union all
      select 2, o.level from user_group_right o
      where o.customer_id = ${customer.id} and o.user_group_id = ${groupId} and ${about}) o order by place limit 1)`
}

const sorted = { sortedBy: { number: ascending() }, last: [byText('k.number')] }
const usual = { by: 'number', descending: false } as const

/** Whether a key can be that of a row: its number. */
export const isContractRuleKey: (key: RowKey) => boolean = isKeyBy('number', sorted)
