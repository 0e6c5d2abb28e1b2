import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { ChangeBy } from '#features/change-history/record.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { giveBackAddressTry, takeAddressTry } from './address-budget.ts'

export type MailProblem = 'mail-taken' | 'mail-unavailable'

/**
 * Says whether the actor may give a user this mail address. Its owner is told only within the own customer. Of others an
 * administrator learns a few a day that they are users, which is noted for the operator; after that no address is compared, and
 * the answer is always the same. Locks come in this order: the user, this, `lockAutomaticGroup`.
 */
export async function claimAddress(ctx: Context, mail: string): Promise<Outcome<void, MailProblem>> {
  const counted = await takeAddressTry(ctx)
  if (counted && !(await isAddressTaken(ctx, mail))) {
    await giveBackAddressTry(ctx)
    return done()
  }
  if (await isOfOwnUser(ctx, mail)) return refuse('mail-taken')
  if (counted) await noteClash(ctx, mail, counted)
  return refuse('mail-unavailable', { keep: true })
}

/** Whether a user of whatever customer has the address. Who else asks for it waits for the commit: of two, one finds it taken. */
export async function isAddressTaken({ tx }: Pick<Context, 'tx'>, mail: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('mail address ' || fold_text(${mail}), 0))`.execute(tx)
  const { rows } = await sql<{ taken: boolean }>`select door.is_address_taken(${mail}) as taken`.execute(tx)
  return rows[0]?.taken === true
}

async function isOfOwnUser({ tx, actor }: Context, mail: string): Promise<boolean> {
  const own = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('login_id', '=', sql<string>`fold_text(${mail})`)
    .where('state', '<>', 'deleted')
    .select('id')
    .executeTakeFirst()
  return own !== undefined
}

/** For the operator, who alone may know whose the address is. */
export async function noteClash(
  { tx, actor, now, log }: ChangeBy & Pick<Context, 'log'>,
  mail: string,
  { isLast }: { isLast: boolean },
): Promise<void> {
  await tx
    .insertInto('address_clash')
    .values({ customer_id: actor.customer.id, at: now, user_id: actor.userId, mail })
    .execute()
  if (isLast)
    log.warn(
      { user: actor.userId, customer: actor.customer.id },
      "no more of this administrator's addresses are compared today",
    )
}
