import { sql } from 'kysely'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { touches } from '#features/rights/rule-layers.ts'
import { only } from '#platform/database/json-row.ts'
import { type Affects, affectedContracts } from './affects.ts'

/** Whom an outage would reach if it were published now. */
export interface OutagePreview {
  contracts: number
  customers: number
  /** Active users who may see one of its contracts. */
  users: number
  /** Those of them who wish to be told by mail. */
  mailed: number
}

export async function previewOutage(
  { tx }: OperatorContext,
  { affects, kind }: { affects: Affects; kind: IncidentKind },
): Promise<OutagePreview> {
  const { rows } = await sql<OutagePreview>`
    with affected as materialized (${affectedContracts(affects)}), seeing as materialized (
      select distinct u.customer_id, u.id as user_id, k.id as contract_id, k.service_id, k.site_id
      from affected a join contract k on k.id = a.id
      join user_group_right r on r.customer_id = k.customer_id and ${touches('r', { id: 'k.id', service: 'k.service_id' })}
      join user_group_member m on m.customer_id = r.customer_id and m.user_group_id = r.user_group_id
      join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id and u.state = 'active')
    select (select count(*)::integer from affected) as contracts, (select count(distinct customer_id)::integer from affected) as customers,
      (select count(distinct user_id)::integer from seeing) as users,
      (select count(distinct s.user_id)::integer from seeing s join mail_wish w on w.customer_id = s.customer_id and w.user_id = s.user_id
        and w.topic = ${kind} and (w.service_id is null or w.service_id = s.service_id)
        and (w.site_id is null or w.site_id = s.site_id) and (w.contract_id is null or w.contract_id = s.contract_id)) as mailed`.execute(
    tx,
  )
  return only(rows)
}
