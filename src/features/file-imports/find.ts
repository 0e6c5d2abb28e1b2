import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { openPlan } from './inner/sealed-plan.ts'

/** What files are about. */
export type ImportKind = 'users' | 'extensions' | 'numbers' | 'call-groups' | 'phone-book'

/** What a file is about; `contractId` is that of the line whose settings it has, null for users. */
export interface ImportOf {
  kind: ImportKind
  contractId: string | null
}

/** A file that the actor has brought. */
export interface FileImport<Plan, Fault> extends ImportOf {
  id: string
  state: 'tried' | 'queued' | 'running' | 'applied' | 'refused'
  /** Rows that add or change something, and how many of them are done. */
  rows: number
  done: number
  expiresAt: Date
  /** Undefined once it is confirmed, or can be done no longer. */
  plan: Plan | undefined
  /** Why it was refused in the end. */
  faults: readonly Fault[]
  /** The change of settings that it has become. */
  changeId: number | undefined
}

/** Undefined: the actor has brought no such file. `contractId`: of whose line, null for users. */
export async function findFileImport<Plan, Fault>(
  { tx, actor, now, secrets }: Context,
  { id, contractId }: { id: string; contractId: string | null },
): Promise<FileImport<Plan, Fault> | undefined> {
  const row = await tx
    .selectFrom('file_import')
    .where('customer_id', '=', actor.customer.id)
    .where('author_id', '=', actor.userId)
    .where('id', '=', id)
    .where('contract_id', 'is not distinct from', contractId)
    .select(['id', 'rows', 'done', 'expires_at as expiresAt', 'contract_id as contractId', 'change_id'])
    // The table's own conditions; and what the work has written.
    .select([
      sql<FileImport<Plan, Fault>['state']>`state`.as('state'),
      sql<ImportKind>`kind`.as('kind'),
      sql<Fault[]>`faults`.as('faults'),
      // Large: read only where it is shown.
      sql<Buffer | null>`case when state = 'tried' then plan end`.as('plan'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { plan, change_id: changeId, ...found } = row
  const isOpen = plan !== null && row.expiresAt > now
  const owner = { customerId: actor.customer.id, authorId: actor.userId, contractId }
  return {
    ...found,
    changeId: changeId ?? undefined,
    // Sealed for this author by the feature that asks: nobody else can have made it.
    plan: isOpen ? (openPlan(secrets, owner, plan) as Plan) : undefined,
  }
}
