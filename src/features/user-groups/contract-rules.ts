import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import { type Bounds, boundsOf, inOrder, rowsAt, type Place, type RowKey } from '#platform/list/paging.ts'
import { textPart } from '#platform/list/row-keys.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupJson } from './group.ts'
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

interface Answer extends Omit<ContractRules, 'group' | 'service'> {
  group: Group | null
  service: ContractRules['service'] | null
}

/**
 * The customer's contracts of a service with the rule that a group has for each. An administrator sets rights for contracts
 * that the own groups do not show: so here, and here alone, all are listed.
 */
export async function listContractRules(ctx: Context, asked: ContractRulesAsked): Promise<ContractRules | undefined> {
  const { tx, actor } = ctx
  const { groupId, serviceCode, terms, place } = asked
  const bounds = boundsOf({ columns: [sql`k.number`] }, place, 0)
  const { rows: answers } = await sql<Answer>`
    with s as materialized (select id, code, name_ja, name_en from service where code = ${serviceCode}),
    found as materialized (${foundIn(terms)}),
    page as materialized (${terms.length > 0 ? pageOfFound(bounds) : pageOfAll(ctx, bounds)})
    select ${groupJson(actor, groupId)} as group,
      (select json_build_object('id', id, 'code', code, 'name', json_build_object('ja', name_ja, 'en', name_en)) from s) as service,
      json_build_object('all', ${chosenFor(ctx, groupId, sql`o.service_id is null and o.contract_id is null`)},
        'service', ${chosenFor(ctx, groupId, sql`o.service_id = (select id from s)`)}) as wider,
      coalesce((select sum(contracts)::int from contract_count
        where customer_id = ${actor.customer.id} and service_id = (select id from s)), 0) as all,
      (select count(*)::int from found) as total,
      coalesce((${rowsOf(ctx, groupId, bounds)}), '[]') as rows`.execute(tx)
  const [answer] = answers
  if (!answer?.group || !answer.service) return undefined
  const { group, service, all, wider } = answer
  const total = terms.length > 0 ? answer.total : all
  // Only now it is known how many rows the last page has.
  return { group, service, wider, all, total, rows: inOrder(place, answer.rows.slice(0, rowsAt(place, total))) }
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

/** The level of one rule as the actor has chosen it: staged, or else in force. */
function chosenFor({ actor }: Context, groupId: string, about: RawBuilder<unknown>): RawBuilder<Level | null> {
  return sql`(select level from (
      select 1 as place, o.level from staged_right o
      where o.customer_id = ${actor.customer.id} and o.user_id = ${actor.userId} and o.user_group_id = ${groupId} and ${about}
      union all
      select 2, o.level from user_group_right o
      where o.customer_id = ${actor.customer.id} and o.user_group_id = ${groupId} and ${about}) o order by place limit 1)`
}

function rowsOf({ actor }: Context, groupId: string, { orderBy }: Bounds): RawBuilder<unknown> {
  return sql`
    select json_agg(json_build_object('id', k.id, 'number', k.number, 'site', t.name, 'memo', k.memo, 'inForce', r.level,
      'chosen', case when st.user_group_id is null then r.level else st.level end) order by ${orderBy})
    from page join contract k on k.customer_id = ${actor.customer.id} and k.id = page.id
    left join site t on t.customer_id = k.customer_id and t.id = k.site_id
    left join user_group_right r on r.customer_id = k.customer_id and r.user_group_id = ${groupId}
      and r.service_id is null and r.contract_id = k.id
    left join staged_right st on st.customer_id = k.customer_id and st.user_id = ${actor.userId}
      and st.user_group_id = ${groupId} and st.service_id is null and st.contract_id = k.id`
}

/** Checks the key of a row: its number. */
export const contractRuleKey: z.ZodType<RowKey> = z.tuple([textPart])
