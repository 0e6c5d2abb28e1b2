import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import type { Confirmed } from '#platform/context.ts'
import type { Transaction } from '#platform/database/database.ts'
import { only } from '#platform/database/json-row.ts'
import { after, hours } from '#platform/time/duration.ts'

/** For how many hours an administrator can open the screens to staff. */
const openHours = [1, 8, 24] as const

/** Whether a customer lets the operator's staff look at its screens: always, while an administrator has opened them, or never. */
export interface Allowance {
  viewing: 'always' | 'on-request' | 'never'
  /** On request: until when they are open; null: they are not. */
  openUntil: Date | null
}

export async function findAllowance(
  { tx, now }: { tx: Transaction; now: Date },
  customerId: string,
): Promise<Allowance> {
  const { rows } = await sql<Allowance>`
    select viewing, case when viewing = 'on-request' and viewing_until > ${now} then viewing_until end as "openUntil"
    from customer where id = ${customerId}`.execute(tx)
  return only(rows)
}

/** Whether staff may look at the moment; the door judges the same at each of their pages. */
export function isOpenToStaff({ viewing, openUntil }: Allowance): boolean {
  return viewing === 'always' || openUntil !== null
}

/** What an administrator chooses: `closed` is on request, and not open now. */
export const allowances = ['never', 'closed', '1', '8', '24', 'always'] as const
export type ChosenAllowance = (typeof allowances)[number]

/** From now on; looks that are under way end with the next page if it allows none. */
export async function setAllowance(ctx: Confirmed<Context>, chosen: ChosenAllowance): Promise<void> {
  const { tx, actor, now } = ctx
  const viewing = chosen === 'never' || chosen === 'always' ? chosen : 'on-request'
  const open = openHours.find((each) => String(each) === chosen)
  const former = await findAllowance(ctx, actor.customer.id)
  await tx
    .updateTable('customer')
    .set({ viewing, viewing_until: open === undefined ? null : after(now, open * hours) })
    .where('id', '=', actor.customer.id)
    .execute()
  await recordChange(ctx, {
    action: 'viewing-allowed',
    subject: { kind: 'customer', id: actor.customer.id, name: actor.customer.name },
    before: { viewing: former.openUntil ? 'open' : former.viewing },
    after: { viewing: open === undefined ? viewing : 'open', ...(open !== undefined && { openHours: open }) },
  })
}
