import { sql } from 'kysely'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Scope } from '#features/rights/scope.ts'
import type { Context } from '#features/actor.ts'
import { type Json, jsonRow, value } from '#platform/database/json-row.ts'

/** A user whose rights are looked at. */
export interface Person {
  id: string
  name: string
  scope: Scope
  /** Names, in the order of their numbers. */
  groups: string[]
  /** Nobody can log in as this user today: suspended, or outside the period of use. */
  isShutOut: boolean
}

/** Whose rights the actor may look at: the own ones, and as an administrator those of all the customer's users. */
function mayLookAt({ role, userId }: Context['actor'], id: string): boolean {
  return role === 'portal-administrator' || userId === id
}

interface PersonRow extends Omit<Person, 'scope'> {
  rules: RuleRow[]
}

export async function findPerson({ tx, actor, now }: Context, id: string): Promise<Person | undefined> {
  if (!mayLookAt(actor, id)) return undefined
  const groups = groupsOfUser(sql`u.customer_id`, sql`u.id`)
  const personRow = jsonRow<PersonRow>({
    id: value('u.id'),
    name: value('u.name'),
    rules: rulesOfGroups(sql`u.customer_id`, groups),
    groups: value(sql`array(
      select g.name from user_group g where g.customer_id = u.customer_id and g.id in (${groups}) order by g.number)`),
    isShutOut: value(sql`u.state = 'suspended' or not is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now})`),
  })
  const { rows } = await sql<Json<PersonRow>>`
    select ${personRow.columns} from portal_user u join customer c on c.id = u.customer_id where u.customer_id = ${actor.customer.id} and u.id = ${id} and u.urgency is not null`.execute(
    tx,
  )
  if (!rows[0]) return undefined
  const { rules, ...person } = personRow.read(rows[0])
  return { ...person, scope: scopeOfRows(rules) }
}
