import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { hours } from '#platform/time/duration.ts'
import { offsetClock } from '#platform/time/format.ts'
import { addressBudgets } from './inner/address-budget.ts'

export interface UsedUpBudget {
  /** When addresses are compared again, in the operator's time zone: 2026-11-22 14:02:33+09:00. */
  localTime: string
  customer: string
  /** Absent: all of the customer together. */
  administrator: string | null
}

const { administrator: ofOne, customer: ofAll } = addressBudgets

/** Lists administrators and customers that have given as many addresses of others as a day allows. With the operator's role. */
export async function listUsedUpBudgets(tx: Transaction, now: Date): Promise<UsedUpBudget[]> {
  const { rows } = await sql<Omit<UsedUpBudget, 'localTime'> & { until: Date; zone: string }>`
    select until, o.time_zone as zone, c.code as customer, u.mail as administrator
    from operator o cross join address_budget b join customer c on c.id = b.customer_id
    left join portal_user u on u.customer_id = b.customer_id and u.id = b.user_id,
    lateral (select case when b.user_id is null
        then given[cardinality(given) - ${sql.lit(ofAll.most - 1)}] + make_interval(hours => ${sql.lit(ofAll.within / hours)})
        else given[cardinality(given) - ${sql.lit(ofOne.most - 1)}] + make_interval(hours => ${sql.lit(ofOne.within / hours)})
      end as until) counted
    where until > ${now} order by until, c.code, u.mail`.execute(tx)
  return rows.map(({ until, zone, ...budget }) => ({ localTime: offsetClock(zone)(until), ...budget }))
}

/** Lets a customer's administrators give addresses again at once. Answers whether there is such a customer. With the operator's role. */
export async function refillAddressBudgets(tx: Transaction, customerCode: string): Promise<boolean> {
  const customer = await tx
    .selectFrom('customer')
    .select('id')
    .where('code', '=', customerCode)
    .where('is_house', '=', false)
    .executeTakeFirst()
  if (!customer) return false
  await tx.deleteFrom('address_budget').where('customer_id', '=', customer.id).execute()
  return true
}
