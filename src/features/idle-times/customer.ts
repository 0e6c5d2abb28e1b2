import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { IdleTime } from './idle-times.ts'

/** What a customer has set for all its users. */
export interface CustomerIdleTime {
  minutes: number
  /** Whether general users may choose a shorter one. */
  mayShorten: boolean
  version: number
  /** Users who have a shorter one of their own. */
  shorter: number
  users: number
}

export async function findCustomerIdleTime({ tx, actor }: Context): Promise<CustomerIdleTime> {
  const { rows } = await sql<CustomerIdleTime>`
    select c.idle_minutes as minutes, c.may_shorten_idle as "mayShorten", c.settings_version as version, n.shorter, n.users
    from customer c cross join lateral (
      select count(*)::int as users, (count(*) filter (where u.idle_minutes < c.idle_minutes))::int as shorter
      from portal_user u where u.customer_id = c.id and u.urgency is not null) n
    where c.id = ${actor.customer.id}`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('The customer of a session is there')
  return found
}

export interface IdleTimeChange {
  minutes: IdleTime
  mayShorten: boolean
  /** 「同時に全ユーザのタイムアウト時間をこの値に変更」: nobody has one of their own any longer. */
  appliesToAll: boolean
  /** As the reader saw it. */
  version: number
}

/** Sets it for all users. A shortened one counts for open sessions, too: each request judges it. */
export async function setCustomerIdleTime(
  ctx: Confirmed<Context>,
  { minutes, mayShorten, appliesToAll, version }: IdleTimeChange,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, actor, now } = ctx
  const former = await findCustomerIdleTime(ctx)
  // What was over by the time that held is not open again by a longer one.
  await endSessionsOver(tx, now, { customerId: actor.customer.id })
  const changed = await tx
    .updateTable('customer')
    .set({ idle_minutes: minutes, may_shorten_idle: mayShorten, settings_version: version + 1 })
    .where('id', '=', actor.customer.id)
    .where('settings_version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  const reset = appliesToAll ? await forgetOwnTimes(ctx) : 0
  await recordChange(ctx, {
    action: 'idle-time-changed',
    subject: { kind: 'customer', id: actor.customer.id, name: actor.customer.name },
    before: { idleMinutes: former.minutes, mayShorten: former.mayShorten },
    after: { idleMinutes: minutes, mayShorten, ...(appliesToAll && { usersReset: reset }) },
  })
  return done()
}

async function forgetOwnTimes({ tx, actor }: Confirmed<Context>): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('portal_user')
    .set({ idle_minutes: null })
    .where('customer_id', '=', actor.customer.id)
    .where('idle_minutes', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
