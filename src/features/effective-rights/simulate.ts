import { type RawBuilder, sql } from 'kysely'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Level } from '#features/rights/level.ts'
import type { Scope } from '#features/rights/scope.ts'
import { foundContracts, levelsBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { type Json, type JsonRow, jsonRow, phrase, rowsOf, value } from '#platform/database/json-row.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending, isKeyBy, orderIn } from '#platform/list/sorting.ts'
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
  const trialRow = jsonRow<TrialRow>({
    user: jsonRow({ id: value('u.id'), name: value('u.name') }),
    groups: rowsOf(groupIn(now), {
      from: sql`user_group g where g.customer_id = ${customer}`,
      orderBy: sql`g.number`,
    }),
    before: rulesOfGroups(customer, now),
    after: rulesOfGroups(customer, then),
  })
  const { rows } = await sql<Json<TrialRow>>`
    select ${trialRow.columns} from portal_user u where u.customer_id = ${customer} and u.id = ${userId} and u.urgency is not null`.execute(
    tx,
  )
  if (!rows[0]) return undefined
  const { user, groups, before, after } = trialRow.read(rows[0])
  const group = groups.find(({ id }) => id === groupId)
  return { user, groups, chosen: group ? { group, before: scopeOfRows(before), after: scopeOfRows(after) } : null }
}

function groupIn(ownGroups: RawBuilder<unknown>): JsonRow<TrialGroup> {
  return jsonRow({
    id: value('g.id'),
    number: value('g.number'),
    name: value('g.name'),
    isMember: value(sql`g.id in (${ownGroups})`),
  })
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
  { tx, actor, language }: Context,
  { group, before, after }: NonNullable<Trial['chosen']>,
  place: Place,
): Promise<ListedRows<TrialRight, TrialKind>> {
  const [earlier, later] = [levelsBy(before, 'ruled_before'), levelsBy(after, 'ruled_after')]
  const contract = { id: 'k.id', service: 'k.service_id' }
  const { rows, ...list } = await readShortList(tx, {
    // A user who joins sees no less afterwards, and one who leaves saw no less before.
    seen: sql`${earlier.ruled}, ${later.ruled}, levelled as materialized (
        select k.id, k.number, k.service_id, k.site_id, ${earlier.levelOf(contract)} as before, ${later.levelOf(contract)} as after
        from ${foundContracts(group.isMember ? before : after, [])} k
      ), seen as (
        select k.id, k.number, s.name_ja, s.name_en, t.name as site, k.before, k.after
        from levelled k join service s on s.id = k.service_id
        left join site t on t.customer_id = ${actor.customer.id} and t.id = k.site_id
        where k.before is distinct from k.after)`,
    row: trialRight.json,
    within: sql`true`,
    matching: sql`true`,
    kind: sql<TrialKind>`case when r.before is null or r.after is null then 'sight' else 'editing' end`,
    kinds: trialKinds,
    order: orderIn(language, { by: 'number', descending: false }, sorted),
    place,
  })
  return { ...list, rows: rows.map(({ row, key }) => ({ row: trialRight.read(row), key })) }
}

const trialRight = jsonRow<TrialRight>({
  id: value('r.id'),
  number: value('r.number'),
  service: phrase('r.name'),
  site: value('r.site'),
  before: value('r.before'),
  after: value('r.after'),
})

const sorted = { sortedBy: { number: ascending() }, last: [byText('r.number')] }

/** Whether a key can be that of a row. */
export const isTrialKey: (key: RowKey) => boolean = isKeyBy('number', sorted)
