import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { only } from '#platform/database/json-row.ts'

/**
 * Whether the customer has a portal administrator on every day from the first on that has one, those counted who have not
 * registered yet, with `coming` ones. With the operator's role.
 */
export async function isLed(
  { tx, now, customer }: CustomerContext,
  coming: readonly { beginsOn?: string | undefined; endsOn?: string | undefined }[],
): Promise<boolean> {
  const periods = coming.map(({ beginsOn = '', endsOn = '' }) => `[${beginsOn},${endsOn}]`)
  const { rows } = await sql<{ isLed: boolean }>`
    with ahead as (
      select daterange((${now}::timestamptz at time zone time_zone)::date, null) as days from customer where id = ${customer.id}
    ), led as (
      select range_agg(period * ahead.days) as days from ahead cross join (
        select daterange(begins_on, ends_on, '[]') as period from portal_user
        where customer_id = ${customer.id} and role = 'portal-administrator' and state in ('active', 'awaiting-registration')
        union all select unnest(${periods}::daterange[])) each_period)
    select days @> daterange(lower(days), null) as "isLed" from led`.execute(tx)
  return only(rows).isLed
}
