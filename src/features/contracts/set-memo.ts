import { recordChange } from '#features/change-history/record.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Contract } from './find.ts'

/**
 * Sets the memo of a contract that was just found. `version` is that of the row the form was made from: when somebody
 * else has saved since, nothing is overwritten.
 */
export async function setMemo(
  ctx: Context,
  contract: Contract,
  { memo, version }: { memo: string; version: number },
): Promise<Outcome<void, 'may-not-edit' | 'changed-meanwhile'>> {
  if (!contract.mayEdit) return refuse('may-not-edit')
  const changed = await ctx.tx
    .updateTable('contract')
    .set({ memo, version: version + 1 })
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('id', '=', contract.id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  await recordChange(ctx, {
    action: 'contract-memo-changed',
    subject: { kind: 'contract', id: contract.id, name: contract.number },
    before: { memo: contract.memo },
    after: { memo },
  })
  return done()
}
