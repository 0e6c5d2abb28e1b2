import { sql } from 'kysely'
import type { ChangeBy } from '#features/change-history/record.ts'
import type { Transaction } from '#platform/database/database.ts'

/** A look, as the histories tell of it. */
export interface Looked {
  id: string
  customerId: string
  userId: string
  userName: string
  staffId: string
  staffName: string
  operator: string
  reason: string
  begunAt: Date
  sessionId: string | null
}

/** One that has begun; behind the customer's fence, or with the operator's role. */
export async function findLooked({ tx }: { tx: Transaction }, id: string): Promise<Looked | undefined> {
  const { rows } = await sql<Looked>`
    select v.id, v.customer_id as "customerId", v.user_id as "userId", u.name as "userName", v.staff_id as "staffId",
      v.staff_name as "staffName", o.name_ja as operator, v.reason, v.begun_at as "begunAt", v.session_id as "sessionId"
    from viewing v join portal_user u on u.customer_id = v.customer_id and u.id = v.user_id cross join operator o
    where v.id = ${id} and v.begun_at is not null`.execute(tx)
  return rows[0]
}

/** Who looks, as customers read it: 「試験通信（S-0042）」. */
export function lookedBy({ customerId, staffId, staffName, operator }: Looked): ChangeBy['actor'] {
  return { customer: { id: customerId }, userId: staffId, name: `${operator}（${staffName}）` }
}
