import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { done, type Done, type Refusal } from '#platform/outcome.ts'

/** Another incident of the customer that the contract goes to has the code already. */
export interface CodesTaken extends Refusal<'codes-taken'> {
  codes: readonly string[]
}

export interface IncidentMove {
  /** Of the contract, with the customer whom it leaves. */
  from: string
  to: { customerId: string; contractId: string }
  /** The new codes of those that get another, by their present ones. */
  codes: ReadonlyMap<string, string>
}

export interface MovedIncident {
  id: string
  code: string
}

/** Moves the faults and works of a contract that are not over with it; what is over stays. Answers them, by their new codes. */
export async function moveIncidents(
  { tx, now, customer }: CustomerContext,
  { from, to, codes }: IncidentMove,
): Promise<Done<MovedIncident[]> | CodesTaken> {
  const renamed = [...codes].map(([code, as]) => ({ code, as }))
  const moving = sql`moving as (
    select i.id, coalesce(g."as", i.code) as code from incident i
    left join jsonb_to_recordset(${JSON.stringify(renamed)}::jsonb) as g (code text, "as" text) on g.code = i.code
    where i.customer_id = ${customer.id} and i.contract_id = ${from} and (i.ends_at is null or i.ends_at > ${now}))`
  const { rows: taken } = await sql<{ code: string }>`
    with ${moving} select code from incident where customer_id = ${to.customerId} and code in (select code from moving)
    union select code from moving group by code having count(*) > 1 order by code`.execute(tx)
  if (taken.length > 0) return { ok: false, problem: 'codes-taken', keep: false, codes: taken.map(({ code }) => code) }
  const { rows } = await sql<MovedIncident>`
    with ${moving} update incident i set customer_id = ${to.customerId}, contract_id = ${to.contractId}, code = moving.code
    from moving where i.customer_id = ${customer.id} and i.id = moving.id returning i.id, i.code`.execute(tx)
  return done(rows.toSorted((one, other) => (one.code < other.code ? -1 : 1)))
}
