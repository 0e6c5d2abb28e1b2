import { sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import { may } from '#features/rights/may.ts'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { findLine, type LineWriter } from './open.ts'

/** In whose name something is done later that was asked for before. */
export interface Author {
  customerId: string
  authorId: string
  contractId: string
}

interface Found {
  name: string
  number: string
  serviceId: string
  rules: RuleRow[]
}

/**
 * Opens the settings of a contract for somebody who is not there, as of this moment; undefined when this user may not edit them any
 * longer, or may not use the portal. With the operator's role, past the fences.
 */
export async function openLineFor(
  { tx, now }: Pick<LineWriter, 'tx' | 'now'>,
  { customerId, authorId, contractId }: Author,
): Promise<LineWriter | undefined> {
  const customer = sql`${customerId}::uuid`
  const shape = jsonRow<Found>({
    name: value('u.name'),
    number: value('k.number'),
    serviceId: value('k.service_id'),
    rules: rulesOfGroups(customer, groupsOfUser(customer, sql`${authorId}::uuid`)),
  })
  const { rows } = await sql<Parameters<typeof shape.read>[0]>`
    select ${shape.columns} from portal_user u join customer c on c.id = u.customer_id
      join contract k on k.customer_id = u.customer_id
    where u.customer_id = ${customerId} and u.id = ${authorId} and u.state = 'active' and ${isInPeriod(now)}
      and k.id = ${contractId} and k.ended_on is null`.execute(tx)
  const found = rows[0] && shape.read(rows[0])
  if (!found || !may({ scope: scopeOfRows(found.rules) }, 'edit', { id: contractId, serviceId: found.serviceId }))
    return undefined
  const line = await findLine(tx, customerId, contractId)
  return (
    line && {
      tx,
      now,
      actor: { customer: { id: customerId }, userId: authorId, name: found.name },
      contract: { id: contractId, number: found.number, mayEdit: true },
      line,
    }
  )
}
