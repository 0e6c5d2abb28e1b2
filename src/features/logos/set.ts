import type { Context } from '#features/actor.ts'
import type { ChangeAction } from '#features/change-history/actions.ts'
import { recordChange } from '#features/change-history/record.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { DrawnLogo } from './draw.ts'

/** Keeps a logo to be looked at, in the place of one that was kept before. */
export async function stageLogo({ tx, now, actor }: Context, logo: DrawnLogo): Promise<void> {
  const values = { ...logo, chosen_by: actor.userId, chosen_at: now }
  await tx
    .insertInto('customer_logo')
    .values({ customer_id: actor.customer.id, in_force: false, ...values })
    .onConflict((clash) => clash.columns(['customer_id', 'in_force']).doUpdateSet(values))
    .execute()
}

/** Lets the logo with this hash count, if it is still the one that is looked at. */
export async function setLogo(ctx: Context, hash: string): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const theirs = tx.selectFrom('customer_logo').where('customer_id', '=', actor.customer.id)
  const both = await theirs.select(['in_force', 'hash']).orderBy('in_force').forUpdate().execute()
  if (!both.some((logo) => !logo.in_force && logo.hash === hash)) return refuse('changed-meanwhile')
  await deleteLogo(ctx, { isInForce: true })
  await tx
    .updateTable('customer_logo')
    .set({ in_force: true })
    .where('customer_id', '=', actor.customer.id)
    .where('in_force', '=', false)
    .execute()
  const former = both.find((logo) => logo.in_force)?.hash ?? null
  await record(ctx, 'logo-set', { before: { logo: former }, after: { logo: hash } })
  return done()
}

/** Forgets the logo that is looked at. */
export async function discardLogo(ctx: Context): Promise<void> {
  await deleteLogo(ctx, { isInForce: false })
}

/** Removes the logo in force, if it has this hash. */
export async function removeLogo(ctx: Context, hash: string): Promise<Outcome<void, 'changed-meanwhile'>> {
  const removed = await deleteLogo(ctx, { isInForce: true, hash })
  if (removed === 0n) return refuse('changed-meanwhile')
  await record(ctx, 'logo-removed', { before: { logo: hash }, after: { logo: null } })
  return done()
}

async function deleteLogo(
  { tx, actor }: Context,
  { isInForce, hash }: { isInForce: boolean; hash?: string },
): Promise<bigint> {
  const which = tx
    .deleteFrom('customer_logo')
    .where('customer_id', '=', actor.customer.id)
    .where('in_force', '=', isInForce)
  const { numDeletedRows } = await (
    hash === undefined ? which : which.where('hash', '=', hash)
  ).executeTakeFirstOrThrow()
  return numDeletedRows
}

type Values = Parameters<typeof recordChange>[1]

async function record(ctx: Context, action: ChangeAction, change: Pick<Values, 'before' | 'after'>): Promise<void> {
  const { id, name } = ctx.actor.customer
  await recordChange(ctx, { action, subject: { kind: 'customer', id, name }, ...change })
}
