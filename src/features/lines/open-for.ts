import { sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import { may } from '#features/rights/may.ts'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { findLine, type LineWriter } from './open.ts'

/** In whose name something is done later that was asked for before. */
export interface Author {
  customerId: string
  authorId: string
  contractId: string
}

/** Why nothing can be done in somebody's name any more. */
export type AuthorProblem = 'author-gone' | 'right-gone' | 'contract-over'

interface Found {
  /** Null: there is no such user. */
  name: string | null
  isThere: boolean | null
  number: string
  isOver: boolean
  serviceId: string
  rules: RuleRow[]
}

/**
 * Opens the settings of a contract for somebody who is not there, as of this moment: an active user, within the period of use, with the
 * right to edit. With the operator's role, past the fences.
 */
export async function openLineFor(
  { tx, now }: Pick<LineWriter, 'tx' | 'now'>,
  { customerId, authorId, contractId }: Author,
): Promise<Outcome<LineWriter, AuthorProblem>> {
  const customer = sql`${customerId}::uuid`
  const shape = jsonRow<Found>({
    name: value('u.name'),
    isThere: value(sql`u.state = 'active' and ${isInPeriod(now)}`),
    number: value('k.number'),
    isOver: value(sql`k.ended_on is not null`),
    serviceId: value('k.service_id'),
    rules: rulesOfGroups(customer, groupsOfUser(customer, sql`${authorId}::uuid`)),
  })
  const { rows } = await sql<Parameters<typeof shape.read>[0]>`
    select ${shape.columns} from contract k join customer c on c.id = k.customer_id
      left join portal_user u on u.customer_id = k.customer_id and u.id = ${authorId}
    where k.customer_id = ${customerId} and k.id = ${contractId}`.execute(tx)
  const found = rows[0] && shape.read(rows[0])
  const line = found && !found.isOver ? await findLine(tx, customerId, contractId) : undefined
  if (!found || !line) return refuse('contract-over')
  const { name, isThere, number, serviceId, rules } = found
  if (name === null || !isThere) return refuse('author-gone')
  if (!may({ scope: scopeOfRows(rules) }, 'edit', { id: contractId, serviceId })) return refuse('right-gone')
  const actor = { customer: { id: customerId }, userId: authorId, name }
  return done({ tx, now, actor, contract: { id: contractId, number, mayEdit: true }, line })
}
