import { sql } from 'kysely'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Scope } from '#features/rights/scope.ts'
import type { Context } from '#features/actor.ts'

/** A user whose rights are looked at. */
export interface Person {
  id: string
  name: string
  scope: Scope
  /** Names, in the order of their numbers. */
  groups: string[]
}

/** Whose rights the actor may look at: the own ones, and as an administrator those of all the customer's users. */
function mayLookAt({ role, userId }: Context['actor'], id: string): boolean {
  return role === 'portal-administrator' || userId === id
}

export async function findPerson({ tx, actor }: Context, id: string): Promise<Person | undefined> {
  if (!mayLookAt(actor, id)) return undefined
  const groups = groupsOfUser(sql`u.customer_id`, sql`u.id`)
  const { rows } = await sql<Omit<Person, 'scope'> & { rules: RuleRow[] }>`
    select u.id, u.name, ${rulesOfGroups(sql`u.customer_id`, groups)} as rules, array(
      select g.name from user_group g where g.customer_id = u.customer_id and g.id in (${groups}) order by g.number) as groups
    from portal_user u where u.customer_id = ${actor.customer.id} and u.id = ${id} and u.state <> 'deleted'`.execute(tx)
  const [found] = rows
  if (!found) return undefined
  const { rules, ...person } = found
  return { ...person, scope: scopeOfRows(rules) }
}
