import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findContractIds, type Ids } from '#features/subjects/references.ts'
import type { Misfit, Put } from '#platform/put.ts'

/** What of an entry may be many. */
interface TalkEntry {
  contracts?: readonly string[] | undefined
  messages?: readonly object[] | undefined
}

/** The further contracts that entries name, and those that are not there. */
export async function findFurther(
  ctx: CustomerContext,
  entries: readonly TalkEntry[],
): Promise<{ ids: Ids; unknown: Misfit<'unknown-contract'>[] }> {
  const ids = await findContractIds(
    ctx,
    entries.flatMap(({ contracts = [] }) => contracts),
  )
  const unknown = entries.flatMap(({ contracts = [] }, entry) =>
    contracts.flatMap((value, at): Misfit<'unknown-contract'>[] =>
      ids.has(value) ? [] : [{ entry, at: ['contracts', at], problem: 'unknown-contract', value }],
    ),
  )
  return { ids, unknown }
}

/** Writes messages and further contracts of tickets that were just put. Answers the ids of tickets that it changed. */
export async function putTalk(
  ctx: CustomerContext,
  entries: readonly TalkEntry[],
  { put, further }: { put: readonly Put[]; further: Ids },
): Promise<ReadonlySet<string>> {
  const withIds = entries.map((entry, at) => ({ entry, id: put[at]?.id ?? '' }))
  const changed = new Set([
    ...(await putMessages(
      ctx,
      withIds.flatMap(({ entry: { messages = [] }, id }) => messages.map((message) => ({ id, ...message }))),
    )),
    ...(await putFurther(
      ctx,
      withIds.flatMap(({ entry: { contracts }, id }) =>
        contracts ? [{ id, contracts: contracts.map((number) => further.get(number)) }] : [],
      ),
    )),
  ])
  // Whoever is about to reply is shown what is new.
  const newer = [...changed, ...put.flatMap(({ id, was }) => (was === 'changed' ? [id] : []))]
  await sql`update ticket set version = version + 1 where customer_id = ${ctx.customer.id} and id = any(${newer}::uuid[])`.execute(
    ctx.tx,
  )
  return changed
}

async function putMessages({ tx, customer }: CustomerContext, given: readonly { id: string }[]): Promise<string[]> {
  if (given.length === 0) return []
  // Nobody else writes into them meanwhile.
  await sql`select from ticket where customer_id = ${customer.id} and id = any(${given.map(({ id }) => id)}::uuid[])
    order by id for update`.execute(tx)
  const { rows } = await sql<{ ticket_id: string }>`
    insert into ticket_message (customer_id, ticket_id, number, at, by, author_name, text)
    select ${customer.id}::uuid, given.id, row_number() over (partition by given.id order by ordinality) + coalesce((
        select max(m.number) from ticket_message m where m.customer_id = ${customer.id} and m.ticket_id = given.id), 0),
      given.at, given.by, given.author, given.text
    from rows from (jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as (id uuid, at timestamptz, by text, author text, text text))
      with ordinality as given
    where not exists (select from ticket_message m where m.customer_id = ${customer.id} and m.ticket_id = given.id
      and m.at = given.at and m.by = given.by and m.text = given.text)
    returning ticket_id`.execute(tx)
  return rows.map(({ ticket_id: id }) => id)
}

/** What the customer has named itself stays. */
async function putFurther({ tx, customer }: CustomerContext, given: readonly object[]): Promise<string[]> {
  if (given.length === 0) return []
  const { rows } = await sql<{ ticket_id: string }>`
    with given as (
      select r.id, g.contracts from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, contracts uuid[])
      join ticket r on r.customer_id = ${customer.id} and r.id = g.id and r.origin <> 'portal'
    ), gone as (
      delete from ticket_contract f using given where f.customer_id = ${customer.id} and f.ticket_id = given.id
        and f.contract_id <> all(given.contracts) returning f.ticket_id
    ), added as (
      insert into ticket_contract (customer_id, ticket_id, contract_id)
      select ${customer.id}::uuid, given.id, unnest(given.contracts) from given on conflict do nothing returning ticket_id
    )
    select ticket_id from gone union select ticket_id from added`.execute(tx)
  return rows.map(({ ticket_id: id }) => id)
}
