import { sql } from 'kysely'
import { operatorFor, recordChange } from '#features/change-history/record.ts'
import { refreshContractStatus } from '#features/contracts/refresh-status.ts'
import { enterCustomer } from '#features/customers/enter.ts'
import { type CodesRefused, leaveOutages, type MovedIncident, moveIncidents } from '#features/incidents/move.ts'
import { spreadOutage } from '#features/outages/spread.ts'
import type { CustomerContext, OperatorContext } from '#features/operator-context.ts'
import { findOperatorRules } from '#features/operators/rules.ts'
import { takeTurn } from '#features/operators/take-turn.ts'
import { forgetThings } from '#features/shortcuts/forget.ts'
import { type EndedRule, endContractRules } from '#features/user-groups/end-contract-rules.ts'
import { done, type Done, type Refusal, refuse } from '#platform/outcome.ts'
import { takeRow } from './inner/take-row.ts'
import { findMoving, type Moving } from './inner/find-moving.ts'
import { type MovedLine, moveLine } from './inner/move-line.ts'
import { countStaying, type Staying } from './inner/staying.ts'

/** What is asked for. */
export interface ContractMove {
  number: string
  /** The code of the customer whose it will be. */
  to: string
  /** New codes of faults and works, by their present ones, where the customer has those already. */
  codes?: ReadonlyMap<string, string>
}

/** What came of it. */
export interface Moved {
  contract: Moving
  incidents: readonly MovedIncident[]
  rules: readonly EndedRule[]
  /** Choices of administrators for the contract that were not yet in force. */
  staged: number
  pins: number
  looks: number
  /** Null: it has none. */
  line: MovedLine | null
  staying: Staying
}

export type MoveRefusal = Refusal<'unknown-contract' | 'has-ended' | 'unknown-customer' | 'own-customer'> | CodesRefused

/**
 * Moves a contract to another customer, with its open faults and works and the frame and numbers of its line. Orders, inquiries, memo
 * and histories stay with the former customer, whose row of it ends; rights, pins and the settings of the line end with it. To be
 * undone as a whole where it is refused. With the operator's role.
 */
export async function moveContract(ctx: OperatorContext, move: ContractMove): Promise<Done<Moved> | MoveRefusal> {
  await takeTurn(ctx.tx)
  const contract = await findMoving(ctx, move.number)
  if (!contract) return refuse('unknown-contract')
  if (contract.endedOn !== null) return refuse('has-ended')
  const entered = await enterCustomer(ctx, move.to)
  if (!entered.ok) return entered
  const to = entered.value
  if (to.customer.id === contract.customer.id) return refuse('own-customer')
  const from: CustomerContext = { ...ctx, customer: contract.customer }
  const staying = await countStaying(from, contract.id)
  const { contractId, staged } = await changeOwner(from, to, contract)
  const incidents = await moveIncidents(from, {
    from: contract.id,
    to: { customerId: to.customer.id, contractId },
    codes: move.codes ?? new Map(),
  })
  if (!incidents.ok) return incidents
  for (const outage of await leaveOutages(from, contract.id)) await spreadOutage(ctx, outage)
  const line = await moveLine(from, to, { number: contract.number, from: contract.id, to: contractId })
  const rules = await endRules(from, to, { ...contract, contractId })
  const forgotten = await forgetThings(from, [
    { kind: 'contract', id: contract.id },
    ...incidents.value.map(({ id }) => ({ kind: 'incident' as const, id })),
  ])
  const moved: Moved = { contract, incidents: incidents.value, rules, staged, ...forgotten, line, staying }
  await noteMove(from, to, { moved, contractId })
  await refreshContractStatus(ctx.tx, ctx.now)
  return done(moved)
}

/** The former row ends; what was chosen for it goes by a trigger, as whenever a contract ends. */
async function changeOwner(
  from: CustomerContext,
  to: CustomerContext,
  contract: Moving,
): Promise<{ contractId: string; staged: number }> {
  const { today } = await findOperatorRules(from)
  const { rows } = await sql<{ staged: number }>`
    select count(*) as staged from staged_right where customer_id = ${from.customer.id} and contract_id = ${contract.id}`.execute(
    from.tx,
  )
  await sql`update contract set ended_on = ${today}::date, moved_on = ${today}::date, version = version + 1
    where customer_id = ${from.customer.id} and id = ${contract.id}`.execute(from.tx)
  return { contractId: await takeRow(to, contract.id), staged: rows[0]?.staged ?? 0 }
}

/** To whom the contract comes back it comes without the rights of then. */
async function endRules(
  from: CustomerContext,
  to: CustomerContext,
  { id, number, contractId }: Moving & { contractId: string },
): Promise<EndedRule[]> {
  await endContractRules(to, { id: contractId, number })
  return endContractRules(from, { id, number })
}

/** Neither customer is told who the other is. */
async function noteMove(
  from: CustomerContext,
  to: CustomerContext,
  { moved, contractId }: { moved: Moved; contractId: string },
): Promise<void> {
  const { contract, incidents, rules, line } = moved
  const subject = { kind: 'contract' as const, id: contract.id, name: contract.number }
  const movedIncidents = incidents.length
  const settings = Object.values(line?.deleted ?? {}).reduce((sum, rows) => sum + rows, 0)
  await recordChange(
    { ...from, actor: operatorFor(from.customer) },
    {
      action: 'contract-moved-away',
      subject,
      before: { memo: contract.memo, site: contract.site },
      after: { movedIncidents, endedRules: rules.length, deletedSettings: settings },
    },
  )
  await recordChange(
    { ...to, actor: operatorFor(to.customer) },
    {
      action: 'contract-moved-here',
      subject: { ...subject, id: contractId },
      after: { movedIncidents, telephoneNumbers: line?.numbers.length ?? 0 },
    },
  )
}
