import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { StepEntry } from '../entry.ts'

export interface StepsOfOrder {
  id: string
  steps: readonly StepEntry[]
}

/** Makes the steps of orders what is given, and answers of which orders that changed something. */
export async function writeSteps(
  { tx, customer }: { tx: Transaction; customer: { id: string } },
  orders: readonly StepsOfOrder[],
): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  const given = orders.flatMap(({ id, steps }) =>
    steps.map(({ state, day, note }) => ({ id, state, day, note_ja: note?.ja, note_en: note?.en })),
  )
  const ids = orders.map(({ id }) => id)
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (id uuid, state text, day date, note_ja text, note_en text)
      where num_nonnulls(day, note_ja) > 0
    ), gone as (
      delete from contract_order_step p where p.customer_id = ${customer.id} and p.order_id = any(${ids}::uuid[])
        and not exists (select from given g where g.id = p.order_id and g.state = p.state) returning p.order_id
    ), written as (
      insert into contract_order_step as p (customer_id, order_id, state, day, note_ja, note_en)
      select ${customer.id}::uuid, id, state, day, note_ja, note_en from given
      on conflict (customer_id, order_id, state) do update
        set day = excluded.day, note_ja = excluded.note_ja, note_en = excluded.note_en
        where (p.day, p.note_ja, p.note_en) is distinct from (excluded.day, excluded.note_ja, excluded.note_en)
      returning p.order_id
    )
    select order_id as id from gone union select order_id from written`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
