import { type RawBuilder, sql } from 'kysely'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { touches } from '#features/rights/rule-layers.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Language } from '#platform/words.ts'

/** About what something is asked for: a contract, or a service as such. */
export interface AskedAbout {
  contractId: string | null
  serviceId: string
}

export interface RequestReader {
  id: string
  name: string
  mail: string
  language: Language
}

interface Asking {
  tx: Transaction
  now: Date
  customer: { id: string }
}

/** Who can approve what somebody asks for: administrators who may use the portal now and see what it is about, but never who asks. */
export function listApprovers(by: Asking, about: AskedAbout, askedBy: string): Promise<RequestReader[]> {
  return listReaders(by, about, sql`u.role = 'portal-administrator' and u.id <> ${askedBy}`)
}

/** Who has asked, as long as they see what it is about: of what they see no more, they are not told. */
export function listAskers(by: Asking, about: AskedAbout, askedBy: string): Promise<RequestReader[]> {
  return listReaders(by, about, sql`u.id = ${askedBy}`)
}

async function listReaders(
  { tx, now, customer }: Asking,
  { contractId, serviceId }: AskedAbout,
  are: RawBuilder<unknown>,
): Promise<RequestReader[]> {
  const { rows } = await sql<RequestReader>`
    select u.id, u.name, u.mail, u.mail_language as language
    from portal_user u cross join (values (${contractId}::uuid, ${serviceId}::uuid)) as k (id, service_id)
    where u.customer_id = ${customer.id} and u.state = 'active' and ${isInPeriodOf(customer.id, now)} and ${are} and exists (
      select from user_group_member m join user_group_right g on g.customer_id = m.customer_id and g.user_group_id = m.user_group_id
      where m.customer_id = u.customer_id and m.user_id = u.id and ${touches('g', { id: 'k.id', service: 'k.service_id' })})
    order by u.name, u.id`.execute(tx)
  return rows
}
