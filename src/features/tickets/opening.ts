import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { may } from '#features/rights/may.ts'
import { editingOf, levelOf } from '#features/rights/scope.ts'
import { seenBy } from '#features/rights/seen.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Phrase } from '#platform/words.ts'

/** A service that the user may ask about: as a whole, or for single contracts of it. */
export interface AskableService {
  id: string
  code: string
  name: Phrase
  isWhole: boolean
}

/** The services of which the user may edit a contract that has not ended, in the operator's order. */
export async function listAskable({ tx, actor }: Context): Promise<AskableService[]> {
  const { ruled, isWhole, isRuled } = seenBy(editingOf(actor.scope))
  const has = (condition: RawBuilder<unknown>): RawBuilder<boolean> =>
    sql`exists (select from contract k where k.customer_id = ${actor.customer.id} and k.service_id = s.id and k.ended_on is null and ${condition})`
  const { rows } = await sql<AskableService>`
    with ${ruled} select s.id, s.code, jsonb_build_object('ja', s.name_ja, 'en', s.name_en) as name, ${isWhole('s.id')} as "isWhole"
    from service s join service_category c on c.id = s.service_category_id
    where ${isWhole('s.id')} and exists (
        select from contract_count n where n.customer_id = ${actor.customer.id} and n.service_id = s.id and n.contracts > 0)
      or ${has(isRuled('k.id'))}
    order by c.position, s.position, s.code`.execute(tx)
  return rows
}

export interface NamedContract {
  id: string
  number: string
  serviceId: string
}

export type AboutProblem = 'unknown-contract' | 'contract-not-editable' | 'other-service' | 'service-not-editable'
export type AboutOutcome = Outcome<NamedContract[], 'service-not-editable'> | NumberRefusal

interface NumberRefusal {
  ok: false
  problem: Exclude<AboutProblem, 'service-not-editable'>
  /** The number that does not fit. */
  number: string
}

/**
 * The contracts of these numbers, about which the user may ask; none of them: the service as a whole. What is not
 * seen looks like what is not there.
 */
export async function findAbout(
  { tx, actor }: Context,
  service: Pick<AskableService, 'id'>,
  numbers: readonly string[],
): Promise<AboutOutcome> {
  if (numbers.length === 0) {
    // No contract has this id, so the rules for the service and for all services decide.
    const level = levelOf(actor.scope, { id: '', serviceId: service.id })
    return level === 'edit' ? done([]) : refuse('service-not-editable')
  }
  const rows = await tx
    .selectFrom('contract')
    .where('customer_id', '=', actor.customer.id)
    .where('number', '=', sql<string>`any(${numbers}::text[])`)
    .where('ended_on', 'is', null)
    .select(['id', 'number', 'service_id as serviceId'])
    .execute()
  const found: NamedContract[] = []
  for (const number of numbers) {
    const contract = rows.find((row) => row.number === number)
    if (!contract || !may(actor, 'view', contract)) return { ok: false, problem: 'unknown-contract', number }
    if (!may(actor, 'edit', contract)) return { ok: false, problem: 'contract-not-editable', number }
    found.push(contract)
  }
  // The first says what the ticket is about; further ones may be of other services.
  const [first] = found
  if (first && first.serviceId !== service.id) return { ok: false, problem: 'other-service', number: first.number }
  return done(found)
}

/** The users of these mail addresses; or the first address that is no user's. */
export async function findPersons(
  { tx, actor }: Context,
  addresses: readonly string[],
): Promise<{ ok: true; value: string[] } | { ok: false; address: string }> {
  const { rows } = await sql<{ address: string; id: string | null }>`
    with given as materialized (select address, fold_text(address) as folded from unnest(${addresses}::text[]) address)
    select address, u.id from given left join portal_user u
      on u.customer_id = ${actor.customer.id} and u.login_id = folded and u.state <> 'deleted'`.execute(tx)
  const unknown = rows.find(({ id }) => id === null)
  if (unknown) return { ok: false, address: unknown.address }
  return { ok: true, value: [...new Set(rows.flatMap(({ id }) => id ?? []))] }
}

/** Who can give the right that is missing: the names of administrators, the first ones, and how many there are. */
export async function listWhoCan({ tx, actor }: Context): Promise<{ names: string[]; total: number }> {
  const { rows } = await sql<{ names: string[]; total: number }>`
    select coalesce((array_agg(u.name order by u.name, u.id))[1:1], '{}') as names, count(*)::int as total from portal_user u
    where u.customer_id = ${actor.customer.id} and u.role = 'portal-administrator' and u.state = 'active'`.execute(tx)
  return rows[0] ?? { names: [], total: 0 }
}
