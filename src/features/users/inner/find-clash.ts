import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Refusal, refuse } from '#platform/outcome.ts'

export type MailProblem = 'mail-taken' | 'mail-unavailable'

/** Whether a user of whatever customer has the address. Who else asks for it waits for the commit: of two, one finds it taken. */
export async function isAddressTaken({ tx }: Pick<Context, 'tx'>, mail: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('mail address ' || fold_text(${mail}), 0))`.execute(tx)
  const { rows } = await sql<{ taken: boolean }>`select door.is_address_taken(${mail}) as taken`.execute(tx)
  return rows[0]?.taken === true
}

/**
 * Says of a mail address that is taken as much as an administrator may know: whose it is, only within the own customer.
 * Whoever asks for addresses of others is noted for the operator, even though nothing else is done.
 */
export async function refuseTaken({ tx, actor, now }: Context, mail: string): Promise<Refusal<MailProblem>> {
  const own = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('login_id', '=', sql<string>`fold_text(${mail})`)
    .where('state', '<>', 'deleted')
    .select('id')
    .executeTakeFirst()
  if (own) return refuse('mail-taken')
  await tx
    .insertInto('address_clash')
    .values({ customer_id: actor.customer.id, at: now, user_id: actor.userId, mail })
    .execute()
  return refuse('mail-unavailable', { keep: true })
}
