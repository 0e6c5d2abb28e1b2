import type { Context } from '#features/actor.ts'
import { after, hours } from '#platform/time/duration.ts'
import { sealPlan } from './inner/sealed-plan.ts'
import type { ImportOf } from './find.ts'

/** How long a file can be had done that was tried. */
const triedLasts = 1 * hours

export interface Tried extends ImportOf {
  /** What the file would do: as the feature that has tried it writes it, and reads it again. */
  plan: unknown
  /** Rows that add or change something. */
  rows: number
}

/** Keeps what a file would do for its author, in place of what the author has tried before; answers its id. */
export async function keepTried(ctx: Context, { kind, contractId, plan, rows }: Tried): Promise<string> {
  const { tx, actor, now, secrets } = ctx
  const whose = { customerId: actor.customer.id, authorId: actor.userId, contractId }
  await tx
    .deleteFrom('file_import')
    .where('customer_id', '=', whose.customerId)
    .where('author_id', '=', whose.authorId)
    .where('state', '=', 'tried')
    .execute()
  const { id } = await tx
    .insertInto('file_import')
    .values({
      customer_id: whose.customerId,
      author_id: whose.authorId,
      kind,
      contract_id: whose.contractId,
      created_at: now,
      expires_at: after(now, triedLasts),
      plan: sealPlan(secrets, whose, plan),
      rows,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
