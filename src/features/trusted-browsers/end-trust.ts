import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'

/** Ends the trust in one browser of the customer's users: for an administrator. False: there is none of this id. */
export function endTrustOf(ctx: Context, id: string): Promise<boolean> {
  return end(ctx, sql`t.id = ${id}`)
}

/** Ends the trust in one of the actor's own browsers. */
export function endOwnTrust(ctx: Context, id: string): Promise<boolean> {
  return end(ctx, sql`t.id = ${id} and t.user_id = ${ctx.actor.userId}`)
}

/** Ends it in all of the actor's browsers. */
export function endAllOwnTrust(ctx: Context): Promise<boolean> {
  return end(ctx, sql`t.user_id = ${ctx.actor.userId}`)
}

async function end(ctx: Context, which: ReturnType<typeof sql>): Promise<boolean> {
  const { tx, actor } = ctx
  const { rows } = await sql<{ id: string; name: string; browser: string }>`
    delete from trusted_browser t using portal_user u
    where t.customer_id = ${actor.customer.id} and ${which} and u.customer_id = t.customer_id and u.id = t.user_id
    returning u.id, u.name, t.browser`.execute(tx)
  for (const { id, name, browser } of rows)
    await recordChange(ctx, {
      action: 'browser-trust-ended',
      subject: { kind: 'user', id, name },
      before: { browser },
    })
  return rows.length > 0
}
