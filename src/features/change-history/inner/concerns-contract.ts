import { type RawBuilder, sql } from 'kysely'
import { touches } from '#features/rights/rule-layers.ts'
import type { Actor } from '#features/actor.ts'

/**
 * Whether a change `h` concerns a contract: it is about the contract itself, about a rule that touches it, or about the members of
 * a group that has such a rule or had one. Rules are recorded under the number, the service's code, or `all-services`.
 */
export function concernsContract({ customer }: Actor, contractId: string): RawBuilder<boolean> {
  const subject = sql`contract k join service s on s.id = k.service_id where k.customer_id = ${customer.id} and k.id = ${contractId}`
  const rules = sql`(select array[k.number, s.code, 'all-services'] from ${subject})`
  const isAboutRule = (change: string): RawBuilder<boolean> =>
    sql<boolean>`(${sql.ref(`${change}.before`)} ?| ${rules} or ${sql.ref(`${change}.after`)} ?| ${rules})`
  return sql<boolean>`(h.subject_id = ${contractId} or (h.subject_kind = 'user-group' and (${isAboutRule('h')}
    or (h.action in ('user-group-members-added', 'user-group-members-removed') and h.subject_id in (
      select x.user_group_id from user_group_right x, contract k
      where x.customer_id = ${customer.id} and k.customer_id = x.customer_id and k.id = ${contractId}
        and ${touches('x', { id: 'k.id', service: 'k.service_id' })}
      union select o.subject_id from change_history o
      where o.customer_id = ${customer.id} and o.subject_kind = 'user-group' and ${isAboutRule('o')})))))`
}
