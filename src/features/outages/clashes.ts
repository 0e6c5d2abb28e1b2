import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { type Json, jsonRow, only, rowsOf, value } from '#platform/database/json-row.ts'
import { after } from '#platform/time/duration.ts'
import { type Affects, affectedContracts } from './affects.ts'
import type { Outage } from './outage.ts'
import { type Clashes, longestWorks, mostClashes } from './week-of-works.ts'

/** Whom works would meet that are to affect these contracts, while others are already worked on. */
export async function findClashes(
  { tx }: Pick<OperatorContext, 'tx'>,
  { id, startsAt, endsAt }: Pick<Outage, 'id' | 'startsAt' | 'endsAt'>,
  affects: Affects,
): Promise<Clashes> {
  const { rows } = await sql<Json<Clashes>>`
    with affected as materialized (${affectedContracts(affects)}), clash as materialized (
      select distinct i.customer_id as id from incident i
      where i.kind = 'works' and i.withdrawn_at is null and i.outage_id is distinct from ${id}
        and i.starts_at >= ${after(startsAt, -longestWorks)} and i.starts_at < coalesce(${endsAt}::timestamptz, 'infinity')
        and (i.ends_at is null or i.ends_at > ${startsAt}) and i.customer_id in (select customer_id from affected)
        and exists (select from incident_contract c where c.customer_id = i.customer_id and c.incident_id = i.id and c.left_at is null))
    select ${clashesRow.columns}`.execute(tx)
  return clashesRow.read(only(rows))
}

/** Of a statement with `clash`, the ids of customers. */
const clashesRow = jsonRow<Clashes>({
  customers: value(sql`(select count(*)::integer from clash)`),
  first: rowsOf(jsonRow({ id: value<string>('f.id'), name: value<string>('f.name') }), {
    from: sql`(select c.id, c.name from clash join customer c using (id) order by c.name, c.id limit ${sql.lit(mostClashes)}) f`,
    orderBy: sql`f.name, f.id`,
  }),
})
