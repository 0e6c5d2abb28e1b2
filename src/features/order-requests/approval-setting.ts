import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import type { Confirmed } from '#platform/context.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

/** 申請と承認, as the customer has set it. */
export interface ApprovalSetting {
  needsApproval: boolean
  version: number
  /** Administrators who may use the portal; of one alone nobody approves what they ask for. */
  administrators: number
  /** Requests that await approval now. */
  waiting: number
}

export async function findApprovalSetting({ tx, actor }: Context): Promise<ApprovalSetting> {
  const { rows } = await sql<ApprovalSetting>`
    select c.orders_need_approval as "needsApproval", c.settings_version as version,
      (select count(*)::int from portal_user u where u.customer_id = c.id and u.role = 'portal-administrator' and u.state = 'active')
        as administrators,
      (select count(*)::int from order_request r where r.customer_id = c.id and r.state = 'awaiting-approval') as waiting
    from customer c where c.id = ${actor.customer.id}`.execute(tx)
  return only(rows)
}

/** What waits goes on waiting: who asked was told that it would be approved. */
export async function setApproval(
  ctx: Confirmed<Context>,
  { needsApproval, version }: Pick<ApprovalSetting, 'needsApproval' | 'version'>,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const { needsApproval: former } = await findApprovalSetting(ctx)
  const changed = await tx
    .updateTable('customer')
    .set({ orders_need_approval: needsApproval, settings_version: version + 1 })
    .where('id', '=', actor.customer.id)
    .where('settings_version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  if (needsApproval === former) return done()
  await recordChange(ctx, {
    action: 'order-approval-changed',
    subject: { kind: 'customer', id: actor.customer.id, name: actor.customer.name },
    before: { needsApproval: former },
    after: { needsApproval },
  })
  return done()
}
