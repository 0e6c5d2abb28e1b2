import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type Level, levels } from '#features/rights/level.ts'
import { touches } from '#features/rights/rule-layers.ts'
import type { Actor, Context, Role } from '#features/actor.ts'
import type { GroupUserState } from '#features/user-groups/list-users.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import { reasonColumns, type Reasons, reasonsJson } from './reason.ts'

/** A contract of the customer, whether or not the administrator who asks may see what is in it. */
export interface NamedContract {
  id: string
  number: string
  service: Phrase
  site: string | null
}

/** A user who may see a contract, how far, and why. */
export interface ContractRight extends Reasons {
  user: { id: string; name: string; mail: string; role: Role; state: GroupUserState }
  level: Level
}

export interface ContractRightsAsked {
  contractId: string
  terms: readonly string[]
  level?: Level | undefined
  place: Place
}

export type ContractRights = ListedRows<ContractRight, Level> & { contract: NamedContract | null }

/** Who may see or edit a contract; and the contract, unless it has ended. */
export async function listContractRights(
  { tx, actor }: Context,
  { contractId, terms, level, place }: ContractRightsAsked,
): Promise<ContractRights> {
  const { beside, ...list } = await readShortList(tx, {
    seen: sql`${givenFor(actor, contractId)}, seen as (
      select u.id, u.name, u.mail, u.role, u.state, v.level, v.reasons from portal_user u join (
        select user_id, max(level) as level, count(*)::int as reasons from given group by user_id) v on v.user_id = u.id
      where u.customer_id = ${actor.customer.id} and u.state <> 'deleted')`,
    row: sql<ContractRight>`json_build_object(
      'user', json_build_object('id', r.id, 'name', r.name, 'mail', r.mail, 'role', r.role, 'state', r.state), 'level', r.level,
      'reasons', ${reasonsJson(sql`select o.* from given o where o.user_id = r.id`)}, 'reasonCount', r.reasons)`,
    within: sql`true`,
    matching: holdsTerms(terms, ['r.name', 'r.mail']),
    kind: sql<Level>`r.level::text`,
    kinds: level ? [level] : levels,
    order: { columns: [sql`r.name`, sql`r.mail`] },
    place,
    beside: sql<NamedContract | null>`(select json_build_object('id', k.id, 'number', k.number,
      'service', json_build_object('ja', k.name_ja, 'en', k.name_en), 'site', k.site) from subject k)`,
  })
  return { ...list, contract: beside }
}

/** Checks the key of a row. */
export const contractRightKey: z.ZodType<RowKey> = z.tuple([textPart, textPart])

/** For a statement's `with`: the contract as `subject`, and in `given` each rule that touches it, for each user it is given to. */
function givenFor({ customer }: Actor, contractId: string): RawBuilder<unknown> {
  return sql`subject as materialized (
      select k.id, k.number, k.service_id, s.name_ja, s.name_en, t.name as site
      from contract k join service s on s.id = k.service_id
      left join site t on t.customer_id = k.customer_id and t.id = k.site_id
      where k.customer_id = ${customer.id} and k.id = ${contractId} and k.ended_on is null
    ), given as materialized (
      select m.user_id, ${reasonColumns} from subject k join user_group_right x on x.customer_id = ${customer.id}
        and ${touches('x', { id: 'k.id', service: 'k.service_id' })}
      join user_group g on g.customer_id = x.customer_id and g.id = x.user_group_id
      join user_group_member m on m.customer_id = x.customer_id and m.user_group_id = x.user_group_id)`
}
