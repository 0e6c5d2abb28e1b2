import { sql } from 'kysely'
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
    members: value(members),
    staged: value(sql`(select count(*) from staged_right s
      where s.customer_id = g.customer_id and s.user_id = ${userId} and s.user_group_id = g.id)`),
  })
  return rowOrNull(group, sql`user_group g where g.customer_id = ${customer.id} and g.id = ${id}`)
}

const members = sql`(
  select count(*) from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
  where m.customer_id = g.customer_id and m.user_group_id = g.id and u.state <> 'deleted')`

export async function findGroup({ tx, actor }: Context, id: string): Promise<Group | undefined> {
  const { json, read } = groupOf(actor, id)
  const { rows } = await sql<{ group: Json<Group | null> }>`select ${json} as group`.execute(tx)
  return (rows[0] && read(rows[0].group)) ?? undefined
}
