import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, minutes } from '#platform/time/duration.ts'
import type { LimitEntry } from './entries.ts'
import { noteFallBack } from './fall-back.ts'
import { noteLimitChange } from './inner/note-change.ts'
import { isRefused } from './refuse.ts'

/** How long a change is in force that nobody confirms. */
export const trialLasts = 10 * minutes

export interface LimitChange {
  /** As the reader saw the rules. */
  version: number
  isOn?: boolean
  entries?: readonly LimitEntry[]
  /** Who is limited from now on, or no longer. */
  users?: { ids: readonly string[] | 'all'; limited: boolean }
  /** The reader's own address, typed by whoever knows that they will be refused. */
  ownAddress: string
}

export type TrialProblem = 'trial-running' | 'changed-meanwhile' | 'own-address-refused'

/**
 * Puts a change in force for ten minutes. Of two at the same time one is refused; so is one that would refuse the actor, who has
 * not typed the own address. What was confirmed last stays where it is, and is in force again by itself.
 */
export async function beginTrial(
  ctx: Confirmed<Context>,
  { version, isOn, entries, users, ownAddress }: LimitChange,
): Promise<Outcome<Date, TrialProblem>> {
  const { tx, actor, now, client } = ctx
  const customerId = actor.customer.id
  await noteFallBack(ctx, customerId)
  const endsAt = after(now, trialLasts)
  await tx
    .insertInto('address_limit')
    .values({ customer_id: customerId })
    .onConflict((clash) => clash.doNothing())
    .execute()
  const { rows } = await sql<{ wasOn: boolean; before: string }>`
    update address_limit l set trial_ends_at = ${endsAt}, trial_by = ${actor.userId}, version = l.version + 1,
      trial_is_on = coalesce(${isOn ?? null}::boolean, l.is_on),
      trial_networks = coalesce(${entries?.map(({ network }) => network) ?? null}::cidr[], l.networks),
      trial_descriptions = coalesce(${entries?.map(({ description }) => description) ?? null}::text[], l.descriptions)
    where l.customer_id = ${customerId} and l.version = ${version} and (l.trial_ends_at is null or l.trial_ends_at <= ${now})
    returning l.is_on as "wasOn", array_to_string(l.networks, ', ') as before`.execute(tx)
  const [begun] = rows
  if (!begun) return refuse((await isTrialRunning(ctx)) ? 'trial-running' : 'changed-meanwhile')
  const changed = await setUsersOnTrial(ctx, users)
  if (ownAddress !== client.ip && (await isRefused(ctx, { customerId, userId: actor.userId })))
    return refuse('own-address-refused')
  await noteLimitChange(ctx, {
    action: 'address-limit-trial-begun',
    until: endsAt,
    before: { isOn: begun.wasOn, networks: begun.before },
    after: {
      isOn: isOn ?? begun.wasOn,
      networks: entries ? entries.map(({ network }) => network).join(', ') : begun.before,
      ...(users && { [users.limited ? 'newlyLimited' : 'newlyUnlimited']: changed }),
    },
  })
  return done(endsAt)
}

async function isTrialRunning({ tx, actor, now }: Context): Promise<boolean> {
  const running = await tx
    .selectFrom('address_limit')
    .where('customer_id', '=', actor.customer.id)
    .where('trial_ends_at', '>', now)
    .select('version')
    .executeTakeFirst()
  return running !== undefined
}

/** What an earlier trial left behind is forgotten. Answers for how many users something changes. */
async function setUsersOnTrial(ctx: Confirmed<Context>, users: LimitChange['users']): Promise<number> {
  await forgetUsersOnTrial(ctx)
  if (!users) return 0
  const { ids, limited } = users
  const { numUpdatedRows } = await ctx.tx
    .updateTable('portal_user')
    .set({ trial_limited: limited })
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('urgency', 'is not', null)
    .where('is_limited', '<>', limited)
    .$if(ids !== 'all', (query) => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

async function forgetUsersOnTrial({ tx, actor }: Context): Promise<void> {
  await tx
    .updateTable('portal_user')
    .set({ trial_limited: null })
    .where('customer_id', '=', actor.customer.id)
    .where('trial_limited', 'is not', null)
    .execute()
}

/** 「確定する」: what is on trial stays in force. Refused when the trial is over. */
export async function confirmTrial(ctx: Confirmed<Context>): Promise<Outcome<void, 'trial-over'>> {
  const { tx, actor, now } = ctx
  const { rows } = await sql<{ isOn: boolean; networks: string }>`
    update address_limit set is_on = trial_is_on, networks = trial_networks, descriptions = trial_descriptions,
      trial_ends_at = null, version = version + 1
    where customer_id = ${actor.customer.id} and trial_ends_at > ${now}
    returning is_on as "isOn", array_to_string(networks, ', ') as networks`.execute(tx)
  const [confirmed] = rows
  if (!confirmed) return refuse('trial-over')
  await tx
    .updateTable('portal_user')
    .set({ is_limited: sql<boolean>`trial_limited`, trial_limited: null })
    .where('customer_id', '=', actor.customer.id)
    .where('trial_limited', 'is not', null)
    .execute()
  await noteLimitChange(ctx, { action: 'address-limit-confirmed', after: confirmed })
  return done()
}

/** 「元に戻す」: what was confirmed last is in force again. Any administrator may; it takes nothing from anybody that was confirmed. */
export async function endTrial(ctx: Context): Promise<Outcome<void, 'trial-over'>> {
  const { tx, actor, now } = ctx
  const { rows } = await sql<{ isOn: boolean; networks: string }>`
    update address_limit set trial_ends_at = null, version = version + 1
    where customer_id = ${actor.customer.id} and trial_ends_at > ${now}
    returning is_on as "isOn", array_to_string(networks, ', ') as networks`.execute(tx)
  const [ended] = rows
  if (!ended) return refuse('trial-over')
  await forgetUsersOnTrial(ctx)
  await noteLimitChange(ctx, { action: 'address-limit-reverted', after: ended })
  return done()
}

/** Whether users who are added are limited from the beginning: it changes nothing for anybody who is there. */
export async function setLimitsNewUsers(ctx: Confirmed<Context>, limitsNewUsers: boolean): Promise<void> {
  const { tx, actor } = ctx
  await tx
    .insertInto('address_limit')
    .values({ customer_id: actor.customer.id, limits_new_users: limitsNewUsers })
    .onConflict((clash) => clash.column('customer_id').doUpdateSet({ limits_new_users: limitsNewUsers }))
    .execute()
  await noteLimitChange(ctx, { action: 'address-limit-confirmed', after: { limitsNewUsers } })
}
