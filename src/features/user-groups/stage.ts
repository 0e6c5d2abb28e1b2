import { type RawBuilder, sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Group } from './group.ts'
import { lockGroup } from './inner/lock-group.ts'

type StageProblem = 'automatic' | 'changed-meanwhile'

/** The rights that the page of the form was about. */
interface Staging {
  group: Group
  /** Of the group's rights when the page was shown. */
  version: number
}

export interface ServiceChoices {
  /** Undefined: left as it is; null: no right. */
  all?: Level | null | undefined
  services: ReadonlyMap<string, Level | null>
}

/** Notes what the actor has chosen for all services and for single ones; nothing is in force yet. */
export async function stageServiceRights(
  ctx: Context,
  staging: Staging,
  { all, services }: ServiceChoices,
): Promise<Outcome<void, StageProblem>> {
  const given = [
    ...(all === undefined ? [] : [{ service_id: null, level: all }]),
    ...[...services].map(([service_id, level]) => ({ service_id, level })),
  ]
  return stage(
    ctx,
    staging,
    sql`select g.service_id, null::uuid as contract_id, g.level
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (service_id uuid, level right_level)
      where g.service_id is null or exists (select from service s where s.id = g.service_id)`,
  )
}

/** Notes what the actor has chosen for single contracts of a service. */
export async function stageContractRights(
  ctx: Context,
  staging: Staging,
  { serviceId, contracts }: { serviceId: string; contracts: ReadonlyMap<string, Level | null> },
): Promise<Outcome<void, StageProblem>> {
  const given = [...contracts].map(([id, level]) => ({ id, level }))
  return stage(
    ctx,
    staging,
    sql`select null::uuid as service_id, k.id as contract_id, g.level
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, level right_level)
      join contract k on k.customer_id = ${ctx.actor.customer.id} and k.id = g.id
      where k.service_id = ${serviceId} and k.ended_on is null`,
  )
}

/** Notes one level for every contract of a service that holds every term, however many there are. */
export async function stageMatchingContracts(
  ctx: Context,
  staging: Staging,
  { serviceId, terms, level }: { serviceId: string; terms: readonly string[]; level: Level | null },
): Promise<Outcome<void, StageProblem>> {
  return stage(
    ctx,
    staging,
    sql`select null::uuid as service_id, k.id as contract_id, ${level}::right_level as level
      from door.find_contracts(${terms}, true, '{}', '{}') k where k.service_id = ${serviceId}`,
  )
}

/** Forgets what the actor has chosen for a group. */
export async function discardStaged({ tx, actor }: Context, groupId: string): Promise<void> {
  await tx
    .deleteFrom('staged_right')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('user_group_id', '=', groupId)
    .execute()
}

/** Keeps the choices given; one that says what is in force anyway is none, and goes. */
async function stage(
  ctx: Context,
  { group, version }: Staging,
  given: RawBuilder<unknown>,
): Promise<Outcome<void, StageProblem>> {
  const { tx, actor } = ctx
  if (group.isAutomatic) return refuse('automatic')
  // Until the commit nobody deletes the group or puts rights of it into force; and two forms of one actor do not deadlock.
  const locked = await lockGroup(ctx, group.id)
  if (locked?.rightsVersion !== version) return refuse('changed-meanwhile')
  const mine = sql`o.customer_id = ${actor.customer.id} and o.user_id = ${actor.userId} and o.user_group_id = ${group.id}`
  await sql`
    with rule as (
      select service_id, contract_id, true as is_given, level, null::right_level as former from (${given}) given
      union all
      select service_id, contract_id, false, null, level from user_group_right o
      where o.customer_id = ${actor.customer.id} and o.user_group_id = ${group.id}
    )
    insert into staged_right (customer_id, user_id, user_group_id, service_id, contract_id, level, former, rights_version)
    select ${actor.customer.id}::uuid, ${actor.userId}::uuid, ${group.id}::uuid, service_id, contract_id, max(level), max(former), ${version}::integer
    from rule group by service_id, contract_id having bool_or(is_given)
    on conflict (user_id, user_group_id, service_id, contract_id)
      do update set level = excluded.level, former = excluded.former, rights_version = excluded.rights_version`.execute(
    tx,
  )
  await sql`delete from staged_right o where ${mine} and level is not distinct from former and rights_version = ${version}`.execute(
    tx,
  )
  return done()
}
