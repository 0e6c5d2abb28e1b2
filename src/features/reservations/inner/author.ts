import { sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import { may } from '#features/rights/may.ts'
import { groupsOfUser, type RuleRow, rulesOfGroups, scopeOfRows } from '#features/rights/rules.ts'
import type { Transaction } from '#platform/database/database.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

interface Asked {
  customerId: string
  contractId: string
  authorId: string
}

/** Whether whoever has reserved a change could make it now: as an active user, within the period, with the right to edit. */
export async function findAuthor(
  { tx, now }: { tx: Transaction; now: Date },
  { customerId, contractId, authorId }: Asked,
): Promise<Outcome<{ contract: { id: string; number: string } }, 'author-gone' | 'right-gone' | 'contract-over'>> {
  const { rows } = await sql<{
    number: string
    serviceId: string
    isOver: boolean
    isThere: boolean | null
    rules: Parameters<typeof rules.read>[0]
  }>`
    select k.number, k.service_id as "serviceId", k.ended_on is not null as "isOver",
      u.state = 'active' and ${isInPeriod(now)} as "isThere", ${rules.json} as rules
    from contract k join customer c on c.id = k.customer_id
    left join portal_user u on u.customer_id = k.customer_id and u.id = ${authorId}
    where k.customer_id = ${customerId} and k.id = ${contractId}`.execute(tx)
  const [found] = rows
  if (!found || found.isOver) return refuse('contract-over')
  if (!found.isThere) return refuse('author-gone')
  const { number, serviceId } = found
  const scope = scopeOfRows(rules.read(found.rules) satisfies RuleRow[])
  return may({ scope }, 'edit', { id: contractId, serviceId })
    ? done({ contract: { id: contractId, number } })
    : refuse('right-gone')
}

const rules = rulesOfGroups(sql`k.customer_id`, groupsOfUser(sql`k.customer_id`, sql`u.id`))
