import { type RawBuilder, sql } from 'kysely'
import { ofLine, type OfLineNow } from '#features/lines/of-line.ts'
import { findingsWithin } from './findings.ts'

/** Keeps what needs a remedy in a line, and how much that is: a statement, which writes what has become another alone. */
export function keepFindings(ctx: OfLineNow): RawBuilder<unknown> {
  const { actor, contract } = ctx
  const whose = sql`l.customer_id = ${actor.customer.id} and l.contract_id = ${contract.id}`
  return sql`
    with found as materialized (
      select distinct on (f.kind, f.id, f.path) f.kind, f.about, f.number, f.id, f.path, coalesce(e.name, g.name, '') as name
      from (${findingsWithin(ctx)}) f
      left join pbx.extension e on f.about = 'extension' and ${ofLine(ctx, 'e')} and e.number = f.number
      left join pbx.call_group g on f.about = 'group' and ${ofLine(ctx, 'g')} and g.number = f.number
    ), gone as (
      delete from pbx.line_finding t where ${ofLine(ctx, 't')}
        and not exists (select from found f where f.kind = t.kind and f.id = t.id and f.path = t.path)
    ), kept as (
      insert into pbx.line_finding as t (customer_id, contract_id, kind, about, number, id, path, name)
      select ${actor.customer.id}::uuid, ${contract.id}::uuid, kind, about, number, id, path, name from found f
      where not exists (select from pbx.line_finding t where ${ofLine(ctx, 't')}
        and t.kind = f.kind and t.id = f.id and t.path = f.path and t.number = f.number and t.name = f.name)
      on conflict (customer_id, contract_id, kind, id, path) do update set number = excluded.number, name = excluded.name
    )
    update pbx.line l set attention = counted.n from (select count(*)::int as n from found) counted
    where ${whose} and l.attention <> counted.n`
}
