import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { after, hours } from '#platform/time/duration.ts'

/** Rows that can be ticked of one list. */
export const mostTicked = 1000

/** Ticks of yesterday are forgotten: nobody knows by then what they were for. */
const kept = 12 * hours

/** The ids that the actor has ticked in a list, which is known by its path. */
export async function findTicked({ tx, actor, now }: Context, list: string): Promise<readonly string[]> {
  const row = await tx
    .selectFrom('selection')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('list', '=', list)
    .where('ticked_at', '>', after(now, -kept))
    .select('ids')
    .executeTakeFirst()
  return row?.ids ?? []
}

export interface Ticks {
  /** The rows that had boxes, */
  shown: readonly string[]
  /** and those that are ticked. */
  ticked: readonly string[]
}

/** Keeps what is ticked on one page of a list, beside what is ticked on others; answers all of it. */
export async function keepTicks(ctx: Context, list: string, { shown, ticked }: Ticks): Promise<readonly string[]> {
  const unticked = new Set(shown)
  const elsewhere = (await findTicked(ctx, list)).filter((id) => !unticked.has(id))
  const ids = [...new Set([...elsewhere, ...ticked])].slice(0, mostTicked)
  await write(ctx, list, ids)
  return ids
}

/** Forgets what is ticked in a list. */
export async function dropTicks(ctx: Context, list: string): Promise<void> {
  await write(ctx, list, [])
}

async function write({ tx, actor, now }: Context, list: string, ids: readonly string[]): Promise<void> {
  // Of other lists, what nobody will see any more goes with it.
  await sql`delete from selection where customer_id = ${actor.customer.id} and user_id = ${actor.userId}
    and (list = ${list} or ticked_at <= ${after(now, -kept)})`.execute(tx)
  if (ids.length === 0) return
  await sql`insert into selection (customer_id, user_id, list, ids, ticked_at)
    values (${actor.customer.id}, ${actor.userId}, ${list}, ${ids}::uuid[], ${now})`.execute(tx)
}
