import { type Contract, findContract } from '#features/contracts/find.ts'
import { enterContract, leaveContract } from '#features/sessions/fence.ts'
import type { Context } from '#features/actor.ts'
import { inOrder, type Transaction } from '#platform/database/database.ts'

/** What the operator has set up for a contract: within it the customer's settings lie. */
export interface Line {
  /** IANA. Hours are those of this zone. */
  timeZone: string
  /** Extensions and groups are numbered from the first to the last, with as many digits. */
  firstExtension: string
  lastExtension: string
  mostExtensions: number
  mostGroups: number
  /** Calls at a time. */
  channels: number
  parkSlots: number
  hasVoicemail: boolean
  /** Calling codes of countries to which calls may be passed on. */
  internationalTargets: string[]
  /** Shown to those who are called where nothing else is set. */
  mainNumber: string | null
  /** Findings of the settings check, as of the last change. */
  attention: number
  extensions: number
  callGroups: number
}

/** What features work with inside a line: behind the fence of its contract, which the actor may see. */
export interface LineContext extends Context {
  contract: Contract
  line: Line
  /** When what is changed is to count; absent: at once. */
  due?: Date
}

/** Who works inside a line, whether in a request or in the name of its author later. */
export interface LineWriter extends Pick<Context, 'tx' | 'now'> {
  actor: { customer: { id: string }; userId: string; name: string }
  contract: Pick<Contract, 'id' | 'number' | 'mayEdit'>
  line: Line
}

/** Opens the settings of a contract, in one flight; undefined when the actor may not see it, or when it has no line. */
export async function openLine(ctx: Context, contractId: string): Promise<LineContext | undefined> {
  const { tx, actor } = ctx
  const opened = Promise.all([
    findContract(ctx, contractId),
    inOrder(
      tx,
      () => enterContract(tx, contractId),
      () => findLine(tx, actor.customer.id, contractId),
    ),
  ])
  const [contract, [, line]] = await opened
  if (contract && line) return { ...ctx, contract, line }
  await leaveContract(tx)
  return undefined
}

/** What the operator has set up; behind the fence of the contract, or with the operator's role. */
export function findLine(tx: Transaction, customerId: string, contractId: string): Promise<Line | undefined> {
  return tx
    .selectFrom('pbx.line')
    .where('customer_id', '=', customerId)
    .where('contract_id', '=', contractId)
    .select([
      'time_zone as timeZone',
      'first_extension as firstExtension',
      'last_extension as lastExtension',
      'most_extensions as mostExtensions',
      'most_groups as mostGroups',
      'channels',
      'park_slots as parkSlots',
      'has_voicemail as hasVoicemail',
      'international_targets as internationalTargets',
      'main_number as mainNumber',
      'attention',
      'extensions',
      'call_groups as callGroups',
    ])
    .executeTakeFirst()
}
