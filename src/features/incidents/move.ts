import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Done, type Refusal } from '#platform/outcome.ts'
import { isNotOver } from './incident.ts'

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
  ctx: CustomerContext,
  move: IncidentMove,
): Promise<Done<MovedIncident[]> | CodesRefused> {
  const moving = await findMoving(ctx, move)
  const known = new Set(moving.map(({ former }) => former))
  // A slip of the pen would otherwise leave a code as it is, without a word.
  const unknown = [...move.codes.keys()].filter((code) => !known.has(code)).toSorted()
  if (unknown.length > 0) return refuseCodes('unknown-codes', unknown)
  const codes = moving.map(({ code }) => code)
  const { rows: taken } = await sql<{ code: string }>`
    select code from incident where customer_id = ${move.to.customerId} and code = any(${codes}::text[])
    union select code from unnest(${codes}::text[]) code group by code having count(*) > 1 order by code`.execute(
    ctx.tx,
  )
  if (taken.length > 0)
    return refuseCodes(
      'codes-taken',
      taken.map(({ code }) => code),
    )
  for (const incident of moving) await moveOne(ctx, incident, move)
  const moved = moving.map(({ id, code }) => ({ id, code }))
  return done(moved.toSorted((one, other) => (one.code < other.code ? -1 : 1)))
}

/** Takes a contract out of what the operator tells of many customers at once; answers those, which come to the new customer when they are spread. */
export async function leaveOutages({ tx, now, customer }: CustomerContext, contractId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update incident_contract c set left_at = ${now} from incident i
    where c.customer_id = ${customer.id} and c.contract_id = ${contractId} and c.left_at is null
      and i.customer_id = c.customer_id and i.id = c.incident_id and i.outage_id is not null and ${isNotOver('i', now)}
    returning i.outage_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}

interface Moving extends MovedIncident {
  former: string
  /** Other contracts have been concerned by it, too. */
  isShared: boolean
}

async function findMoving({ tx, now, customer }: CustomerContext, { from, codes }: IncidentMove): Promise<Moving[]> {
  const { rows } = await sql<Omit<Moving, 'code'>>`
    select i.id, i.code as former, exists (
      select from incident_contract o where o.customer_id = i.customer_id and o.incident_id = i.id and o.contract_id <> c.contract_id) as "isShared"
    from incident_contract c join incident i on i.customer_id = c.customer_id and i.id = c.incident_id
    where c.customer_id = ${customer.id} and c.contract_id = ${from} and c.left_at is null and i.outage_id is null and ${isNotOver('i', now)}`.execute(
    tx,
  )
  return rows.map((row) => ({ ...row, code: codes.get(row.former) ?? row.former }))
}

/** It goes along with what was said of it; where other contracts stay in it, a copy goes along. */
async function moveOne(
  { tx, now, customer }: CustomerContext,
  { id, code, isShared }: Moving,
  { from, to }: IncidentMove,
): Promise<void> {
  const ofContract = sql`customer_id = ${customer.id} and incident_id = ${id} and contract_id = ${from}`
  let moved = id
  if (isShared) {
    await sql`update incident_contract set left_at = ${now} where ${ofContract}`.execute(tx)
    moved = await copyIncident({ tx, customer }, { id, code, to: to.customerId })
  } else {
    await sql`delete from incident_contract where ${ofContract}`.execute(tx)
    await sql`update incident set customer_id = ${to.customerId}, code = ${code} where customer_id = ${customer.id} and id = ${id}`.execute(
      tx,
    )
  }
  await sql`insert into incident_contract (customer_id, incident_id, contract_id) values (${to.customerId}, ${moved}, ${to.contractId})`.execute(
    tx,
  )
}

async function copyIncident(
  { tx, customer }: Pick<CustomerContext, 'tx' | 'customer'>,
  { id, code, to }: { id: string; code: string; to: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at, step, expected_end_at,
      next_update_at, cause_ja, cause_en)
    select ${to}, ${code}, kind, title_ja, title_en, starts_at, ends_at, updated_at, step, expected_end_at, next_update_at, cause_ja, cause_en
    from incident where customer_id = ${customer.id} and id = ${id} returning id`.execute(tx)
  const copy = only(rows).id
  await sql`
    insert into incident_update (customer_id, incident_id, number, said_at, step, text_ja, text_en, next_update_at, corrects)
    select ${to}, ${copy}, number, said_at, step, text_ja, text_en, next_update_at, corrects
    from incident_update where customer_id = ${customer.id} and incident_id = ${id}`.execute(tx)
  return copy
}

function refuseCodes(problem: CodesRefused['problem'], codes: readonly string[]): CodesRefused {
  return { ok: false, problem, keep: false, codes }
}
