import { sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { seenThing } from './seen-things.ts'
import { isSame, type Thing } from '#features/subjects/thing.ts'

/** So many things can be pinned. */
export const mostPins = 50

/** Whether the user has pinned a thing; the frame's own statement has found it. */
export async function isPinned({ tx, actor, now }: Context, thing: Thing): Promise<boolean> {
  const { pins } = await findServiceMenu(tx, actor, now)
  return pins.some((pin) => isSame(pin, thing))
}

/** Pins a thing that the user may see, or takes the pin out. */
export async function setPin(
  ctx: Context,
  { thing, isPinned: wanted }: { thing: Thing; isPinned: boolean },
): Promise<Outcome<void, 'not-found' | 'too-many-pins'>> {
  return wanted ? addPin(ctx, thing) : removePin(ctx, thing)
}

async function addPin(ctx: Context, thing: Thing): Promise<Outcome<void, 'not-found' | 'too-many-pins'>> {
  const { tx, actor, now } = ctx
  const own = { customer_id: actor.customer.id, user_id: actor.userId }
  if (!(await isSeen(ctx, thing))) return refuse('not-found')
  // One after the other, so that two at once cannot exceed the number.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pin ${actor.userId}`}, 0))`.execute(tx)
  const pins = await tx
    .selectFrom('pin')
    .where('customer_id', '=', own.customer_id)
    .where('user_id', '=', own.user_id)
    .select(['kind', 'thing_id as id'])
    .execute()
  if (pins.some((pin) => isSame(pin, thing))) return done()
  if (pins.length >= mostPins && !(await removeUnseen(ctx))) return refuse('too-many-pins')
  await tx
    .insertInto('pin')
    .values({ ...own, kind: thing.kind, thing_id: thing.id, pinned_at: now })
    .execute()
  return done()
}

/** Removes pins of things that the user sees no more: they take no place away. Answers whether there were any. */
async function removeUnseen(ctx: Context): Promise<boolean> {
  const { tx, actor } = ctx
  const { rows } = await sql`
    with ${seenBy(actor.scope).ruled}
    delete from pin w where customer_id = ${actor.customer.id} and user_id = ${actor.userId}
      and not exists (select from ${seenThing(ctx)} t) returning 1`.execute(tx)
  return rows.length > 0
}

async function isSeen(ctx: Context, { kind, id }: Thing): Promise<boolean> {
  const { rows } = await sql`
    with ${seenBy(ctx.actor.scope).ruled}
    select from (values (${kind}::thing_kind, ${id}::uuid)) w (kind, thing_id)
    cross join lateral ${seenThing(ctx)} t`.execute(ctx.tx)
  return rows.length > 0
}

async function removePin({ tx, actor }: Context, { kind, id }: Thing): Promise<Outcome<void, never>> {
  await tx
    .deleteFrom('pin')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('kind', '=', kind)
    .where('thing_id', '=', id)
    .execute()
  return done()
}
