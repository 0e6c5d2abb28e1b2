import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'

/** A contract on its way to another customer, as it was before. */
export interface Moving {
  id: string
  number: string
  customer: { id: string; code: string; name: string }
  service: string
  site: string | null
  memo: string
  endedOn: string | null
}

/** The contract with the number, held until the transaction ends; undefined when there is none. */
export async function findMoving({ tx }: OperatorContext, number: string): Promise<Moving | undefined> {
  const { rows } = await sql<Moving>`
    select k.id, k.number, json_build_object('id', c.id, 'code', c.code, 'name', c.name) as customer, s.code as service, t.name as site,
      k.memo, k.ended_on as "endedOn"
    from contract k join customer c on c.id = k.customer_id join service s on s.id = k.service_id
    left join site t on t.customer_id = k.customer_id and t.id = k.site_id
    where k.number = ${number} and k.moved_on is null for update of k`.execute(tx)
  return rows[0]
}
