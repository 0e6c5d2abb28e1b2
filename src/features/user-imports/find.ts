import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { openPlan } from './inner/sealed-plan.ts'
import type { Plan, RowFault } from './plan.ts'

/** A file that the actor has brought. */
export interface UserImport {
  id: string
  state: 'tried' | 'queued' | 'running' | 'applied' | 'refused'
  /** Rows that add or change somebody, and how many of them are done. */
  rows: number
  done: number
  expiresAt: Date
  /** Undefined once it is done, or was refused, or can be done no longer. */
  plan: Plan | undefined
  /** Why it was refused in the end. */
  faults: readonly RowFault[]
}

/** Undefined: the actor has brought no such file. */
export async function findImport({ tx, actor, now, secrets }: Context, id: string): Promise<UserImport | undefined> {
  const row = await tx
    .selectFrom('user_import')
    .where('customer_id', '=', actor.customer.id)
    .where('author_id', '=', actor.userId)
    .where('id', '=', id)
    .select(['id', 'rows', 'done', 'plan', 'expires_at as expiresAt'])
    // The table's own condition; and what runImport has written.
    .select([sql<UserImport['state']>`state`.as('state'), sql<RowFault[]>`faults`.as('faults')])
    .executeTakeFirst()
  if (!row) return undefined
  const isOpen = row.plan !== null && row.expiresAt > now
  const owner = { customerId: actor.customer.id, authorId: actor.userId }
  return {
    ...row,
    plan: row.plan && isOpen ? openPlan(secrets, owner, row.plan) : undefined,
  }
}
