import { type RawBuilder, sql } from 'kysely'
import { isNotOver } from '#features/incidents/incident.ts'
import { enqueueTellings, findFormer, type Former, tellingsOfAll } from '#features/incidents/tellings.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { type Affects, affectedContracts } from './affects.ts'

/**
 * Makes the customers' incidents what a published outage is now: each customer with an affected contract has a copy, with those
 * contracts and all that was said. A contract that is affected no more has left it. Each statement is about all customers at once; the
 * status of the contracts follows when it is refreshed. With the operator's role.
 */
export async function spreadOutage(ctx: OperatorContext, id: string): Promise<void> {
  const { rows } = await sql<{ affects: Affects; state: string; isOpen: boolean }>`
    select o.affects, o.state, ${isNotOver('o', ctx.now)} as "isOpen" from outage o where o.id = ${id} for update`.execute(
    ctx.tx,
  )
  const [outage] = rows
  if (!outage || outage.state === 'draft') return
  const former = await findCopies(ctx, id)
  await changeCopies(ctx, id)
  // What is over or withdrawn comes to nobody new, and nobody leaves it any more.
  if (outage.isOpen) await setContracts(ctx, id, affectedContracts(outage.affects))
  await copyUpdates(ctx, id)
  await sql`update outage set spread_version = version where id = ${id}`.execute(ctx.tx)
  await enqueueTellings(ctx.tx, tellingsOfAll(former, await findCopies(ctx, id), ctx.now), ctx.now)
}

/** Of customers of whom somebody wishes to be told. */
function findCopies(ctx: OperatorContext, id: string): Promise<ReadonlyMap<string, Former>> {
  return findFormer(
    ctx,
    sql`i.outage_id = ${id} and exists (select from mail_wish w where w.customer_id = i.customer_id and w.topic = i.kind::text)`,
  )
}

const columns = [
  'kind',
  'title_ja',
  'title_en',
  'starts_at',
  'ends_at',
  'expected_end_at',
  'next_update_at',
  'cause_ja',
  'cause_en',
  'step',
  'withdrawn_at',
  'updated_at',
] as const

const copied = (alias?: string): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(alias ? `${alias}.${column}` : column)))

async function changeCopies({ tx }: OperatorContext, id: string): Promise<void> {
  await sql`
    update incident i set (${copied()}) = row (${copied('o')}) from outage o
    where o.id = ${id} and i.outage_id = o.id and (${copied('i')}) is distinct from (${copied('o')})`.execute(tx)
}

async function setContracts({ tx, now }: OperatorContext, id: string, affected: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into incident (customer_id, code, outage_id, ${copied()})
    select a.customer_id, o.code, o.id, ${copied('o')} from outage o cross join (select distinct customer_id from (${affected}) a) a
    where o.id = ${id} and not exists (select from incident i where i.customer_id = a.customer_id and i.outage_id = o.id)
    on conflict (customer_id, outage_id) do nothing`.execute(tx)
  // The copies as arrays, and what they hold as a list: of what was made a moment ago PostgreSQL knows nothing, and would compare each
  // with all.
  await sql`
    with affected as materialized (${affected}), copy as materialized (
      select c.* from (select array_agg(i.customer_id) as customers, array_agg(i.id) as ids from incident i where i.outage_id = ${id}) i
      cross join unnest(i.customers, i.ids) as c (customer_id, id)),
    held as materialized (
      select c.contract_id from incident i join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
      where i.outage_id = ${id} and c.left_at is null)
    insert into incident_contract as c (customer_id, incident_id, contract_id)
    select a.customer_id, i.id, a.id from affected a join copy i on i.customer_id = a.customer_id
    where a.id not in (select contract_id from held)
    on conflict (customer_id, incident_id, contract_id) do update set left_at = null`.execute(tx)
  await sql`
    with affected as materialized (${affected})
    update incident_contract c set left_at = ${now} from incident i
    where i.outage_id = ${id} and c.customer_id = i.customer_id and c.incident_id = i.id and c.left_at is null
      and not exists (select from affected a where a.id = c.contract_id)`.execute(tx)
}

async function copyUpdates({ tx }: OperatorContext, id: string): Promise<void> {
  await sql`
    insert into incident_update (customer_id, incident_id, number, said_at, step, text_ja, text_en, next_update_at, corrects)
    select i.customer_id, i.id, u.number, u.said_at, u.step, u.text_ja, u.text_en, u.next_update_at, u.corrects
    from incident i join outage_update u on u.outage_id = i.outage_id
    where i.outage_id = ${id} and not exists (select from incident_update o
      where o.customer_id = i.customer_id and o.incident_id = i.id and o.number = u.number)`.execute(tx)
}
