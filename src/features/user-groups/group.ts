import { type RawBuilder, sql } from 'kysely'
import type { Actor, Context } from '#features/actor.ts'
import { type Fact, type Json, jsonRow, rowOrNull, value } from '#platform/database/json-row.ts'

export interface Group {
  id: string
  number: string
  name: string
  description: string
  /** The product's own: every service, every right. Who is in it can be changed, and nothing else. */
  isAutomatic: boolean
  version: number
  /** Raised whenever rights are put into force. */
  rightsVersion: number
  members: number
  /** How many rights the actor has chosen for it that are not in force yet. */
  staged: number
  /** How many users shall join or leave it on a day to come. */
  planned: number
}

/** A group of the actor's customer, or null: part of the one statement that a page asks. */
export function groupOf({ customer, userId }: Actor, id: string): Fact<Group | null> {
  const group = jsonRow<Group>({
    id: value('g.id'),
    number: value('g.number'),
    name: value('g.name'),
    description: value('g.description'),
    isAutomatic: value('g.is_automatic'),
    version: value('g.version'),
    rightsVersion: value('g.rights_version'),
    members: value(memberCount),
    staged: value(stagedCount({ userId })),
    planned: value(plannedCount),
  })
  return rowOrNull(group, sql`user_group g where g.customer_id = ${customer.id} and g.id = ${id}`)
}

/** How many rights a user has chosen for the group that a query calls `g`, and not yet put into force. */
export function stagedCount({ userId }: Pick<Actor, 'userId'>): RawBuilder<number> {
  return sql<number>`(select count(*)::int from staged_right s
    where s.customer_id = g.customer_id and s.user_id = ${userId} and s.user_group_id = g.id)`
}

const plannedCount = sql<number>`(select count(*)::int from planned_membership p
  where p.customer_id = g.customer_id and p.user_group_id = g.id and p.refused is null)`

/** How many users are in the group that a query calls `g`, by the kept counts. */
export const memberCount: RawBuilder<number> = sql<number>`(
  select coalesce(sum(c.members), 0)::int from user_group_member_count c where c.customer_id = g.customer_id and c.user_group_id = g.id)`

export async function findGroup({ tx, actor }: Context, id: string): Promise<Group | undefined> {
  const { json, read } = groupOf(actor, id)
  const { rows } = await sql<{ group: Json<Group | null> }>`select ${json} as group`.execute(tx)
  return (rows[0] && read(rows[0].group)) ?? undefined
}
