import { type RawBuilder, sql } from 'kysely'
import type { Actor, Context } from '#features/actor.ts'

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

/** A group of the actor's customer as JSON, or null: part of the one statement that a page asks. */
export function groupJson({ customer, userId }: Actor, id: string): RawBuilder<Group | null> {
  return sql`(
    select json_build_object('id', g.id, 'number', g.number, 'name', g.name, 'description', g.description,
      'isAutomatic', g.is_automatic, 'version', g.version, 'rightsVersion', g.rights_version,
      'members', (
        select count(*) from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
        where m.customer_id = g.customer_id and m.user_group_id = g.id and u.state <> 'deleted'),
      'staged', (
        select count(*) from staged_right s
        where s.customer_id = g.customer_id and s.user_id = ${userId} and s.user_group_id = g.id))
    from user_group g where g.customer_id = ${customer.id} and g.id = ${id})`
}

export async function findGroup({ tx, actor }: Context, id: string): Promise<Group | undefined> {
  const { rows } = await sql<{ group: Group | null }>`select ${groupJson(actor, id)} as group`.execute(tx)
  return rows[0]?.group ?? undefined
}
