import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { after, hours } from '#platform/time/duration.ts'
import type { StaffContext } from './context.ts'

export interface SeenCustomer {
  id: string
  code: string
  name: string
  timeZone: string
}

/** Customers' pages that a member looks at within an hour before it is told: nobody's work needs more. A file that is tried is one look at thousands. */
const mostVisits = 200

/**
 * The customer of a page, whom the transaction works for from now on: it enters the fence, and notes who looks at whom, in the same
 * transaction, so that nothing is shown that was not noted. Undefined: there is no such customer.
 */
export async function seeCustomer(ctx: StaffContext, id: string, path: string): Promise<SeenCustomer | undefined> {
  const { tx, now, actor, staff, log } = ctx
  const customer = await tx
    .selectFrom('customer')
    .where('id', '=', id)
    .where('is_house', '=', false)
    .select(['id', 'code', 'name', 'time_zone as timeZone'])
    .executeTakeFirst()
  if (!customer) return undefined
  await enterFence(tx, customer.id)
  await tx.insertInto('staff_visit').values({ customer_id: id, at: now, staff_id: actor.userId, path }).execute()
  const { rows } = await sql<{ visits: number }>`
    select count(*) as visits from staff_visit where staff_id = ${actor.userId} and at > ${after(now, -1 * hours)}
      and path not like '/imports/%'`.execute(tx)
  if ((rows[0]?.visits ?? 0) > mostVisits) log.warn({ staff: staff.number }, 'looks at very many customers')
  return customer
}

/** The context in which what is written for customers reads of this one, for staff. */
export function readingFor<Ctx extends StaffContext>(ctx: Ctx, { id, name, timeZone }: SeenCustomer): Ctx {
  return { ...ctx, actor: { ...ctx.actor, customer: { id, name, timeZone, logo: null } } }
}

/** The same for what is changed: the customer's history says who it was by the operator's name and a number. */
export async function workingFor<Ctx extends StaffContext>(ctx: Ctx, customer: SeenCustomer): Promise<Ctx> {
  const { name_ja: operator } = await ctx.tx.selectFrom('operator').select('name_ja').executeTakeFirstOrThrow()
  const reading = readingFor(ctx, customer)
  return { ...reading, actor: { ...reading.actor, name: `${operator}（${ctx.staff.number}）` } }
}
