import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { done, type Done, type Refusal } from '#platform/outcome.ts'

/** The customer that the contract goes to has incidents with these codes already; or none that goes along has them, to get others. */
export interface CodesRefused extends Refusal<'codes-taken' | 'unknown-codes'> {
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
): Promise<Done<MovedIncident[]> | CodesRefused> {
  const renamed = [...codes].map(([code, as]) => ({ code, as }))
  const moving = sql`moving as (
    select i.id, i.code as former, coalesce(g."as", i.code) as code from incident i
    left join jsonb_to_recordset(${JSON.stringify(renamed)}::jsonb) as g (code text, "as" text) on g.code = i.code
    where i.customer_id = ${customer.id} and i.contract_id = ${from} and (i.ends_at is null or i.ends_at > ${now}))`
  const { rows: unknown } = await sql<{ code: string }>`
    with ${moving} select code from jsonb_to_recordset(${JSON.stringify(renamed)}::jsonb) as g (code text)
    where code not in (select former from moving) order by code`.execute(tx)
  // A slip of the pen would otherwise leave a code as it is, without a word.
  if (unknown.length > 0) return refuseCodes('unknown-codes', unknown)
  const { rows: taken } = await sql<{ code: string }>`
    with ${moving} select code from incident where customer_id = ${to.customerId} and code in (select code from moving)
    union select code from moving group by code having count(*) > 1 order by code`.execute(tx)
  if (taken.length > 0) return refuseCodes('codes-taken', taken)
  const { rows } = await sql<MovedIncident>`
    with ${moving} update incident i set customer_id = ${to.customerId}, contract_id = ${to.contractId}, code = moving.code
    from moving where i.customer_id = ${customer.id} and i.id = moving.id returning i.id, i.code`.execute(tx)
  return done(rows.toSorted((one, other) => (one.code < other.code ? -1 : 1)))
}

function refuseCodes(problem: CodesRefused['problem'], rows: readonly { code: string }[]): CodesRefused {
  return { ok: false, problem, keep: false, codes: rows.map(({ code }) => code) }
}
