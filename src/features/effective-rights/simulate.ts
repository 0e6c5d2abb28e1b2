import { sql } from 'kysely'
import { z } from 'zod'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Level } from '#features/rights/level.ts'
import type { Scope } from '#features/rights/scope.ts'
import { foundContracts, levelsBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'

export interface TrialGroup {
  id: string
  number: string
  name: string
  /** Whether the user is in it now: then the trial is to leave it. */
  isMember: boolean
}

/** What would be, if one user joined or left one group. Nothing of it is written anywhere. */
export interface Trial {
  user: { id: string; name: string }
  /** Of the customer, by their numbers. */
  groups: TrialGroup[]
  /** Null until a group is chosen. */
  chosen: { group: TrialGroup; before: Scope; after: Scope } | null
}

interface TrialRow extends Pick<Trial, 'user' | 'groups'> {
  before: RuleRow[]
  after: RuleRow[]
}

export async function findTrial(
  { tx, actor }: Context,
  userId: string,
  groupId: string | undefined,
): Promise<Trial | undefined> {
  const customer = sql`${actor.customer.id}::uuid`
  const now = groupsOfUser(customer, sql`u.id`)
  const chosen = sql`${groupId ?? null}::uuid`
  const then = sql`
    select g.id from user_group g where g.customer_id = ${customer} and (g.id in (${now})) <> coalesce(g.id = ${chosen}, false)`
  const { rows } = await sql<TrialRow>`
    select json_build_object('id', u.id, 'name', u.name) as user,
      ${rulesOfGroups(customer, now)} as before, ${rulesOfGroups(customer, then)} as after, (
        select coalesce(json_agg(json_build_object('id', g.id, 'number', g.number, 'name', g.name, 'isMember', g.id in (${now}))
          order by g.number), '[]') from user_group g where g.customer_id = ${customer}) as groups
    from portal_user u where u.customer_id = ${customer} and u.id = ${userId} and u.state <> 'deleted'`.execute(tx)
  const [found] = rows
  if (!found) return undefined
  const { user, groups, before, after } = found
  const group = groups.find(({ id }) => id === groupId)
  return { user, groups, chosen: group ? { group, before: scopeOfRows(before), after: scopeOfRows(after) } : null }
}

/** The contract comes into sight or goes out of it; or only what may be done with it changes. */
export const trialKinds = ['sight', 'editing'] as const
export type TrialKind = (typeof trialKinds)[number]

/** A contract whose level would change. Null: no right. */
export interface TrialRight {
  id: string
  number: string
  service: Phrase
  site: string | null
  before: Level | null
  after: Level | null
}

/** What would be gained, if the user joined; or lost. */
export async function listTrialRights(
  { tx, actor }: Context,
  { group, before, after }: NonNullable<Trial['chosen']>,
  place: Place,
): Promise<ListedRows<TrialRight, TrialKind>> {
  const [earlier, later] = [levelsBy(before, 'ruled_before'), levelsBy(after, 'ruled_after')]
  const contract = { id: 'k.id', service: 'k.service_id' }
  return readShortList(tx, {
    // A user who joins sees no less afterwards, and one who leaves saw no less before.
    seen: sql`${earlier.ruled}, ${later.ruled}, levelled as materialized (
        select k.id, k.number, k.service_id, k.site_id, ${earlier.levelOf(contract)} as before, ${later.levelOf(contract)} as after
        from ${foundContracts(group.isMember ? before : after, [])} k
      ), seen as (
        select k.id, k.number, s.name_ja, s.name_en, t.name as site, k.before, k.after
        from levelled k join service s on s.id = k.service_id
        left join site t on t.customer_id = ${actor.customer.id} and t.id = k.site_id
        where k.before is distinct from k.after)`,
    row: sql<TrialRight>`json_build_object('id', r.id, 'number', r.number, 'service', json_build_object('ja', r.name_ja, 'en', r.name_en),
      'site', r.site, 'before', r.before, 'after', r.after)`,
    within: sql`true`,
    matching: sql`true`,
    kind: sql<TrialKind>`case when r.before is null or r.after is null then 'sight' else 'editing' end`,
    kinds: trialKinds,
    order: { columns: [sql`r.number`] },
    place,
  })
}

/** Checks the key of a row. */
export const trialKey: z.ZodType<RowKey> = z.tuple([textPart])
