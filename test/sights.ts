import assert from 'node:assert/strict'
import { paths } from '#apps/portal/paths.ts'
import type { TestDatabase } from './database.ts'
import type { MadeUser } from './make.ts'
import { superuserOf } from './superuser.ts'

/** What stands in the addresses of pages about one thing, by their paths. */
export type Sights = Readonly<Record<string, Record<string, string>>>

/** Things of a customer, one of each kind. */
export async function sightsOf(database: TestDatabase, { customerId }: MadeUser): Promise<Sights> {
  const admin = superuserOf(database)
  const idOf = async (statement: string): Promise<string> =>
    (await admin.query<{ id: string }>(statement, [customerId])).rows[0]?.id ?? assert.fail(statement)
  const about = 'from contract where customer_id = $1 limit 1 returning id'
  const contract = { id: await idOf('select id from contract where customer_id = $1 order by number limit 1') }
  const sights = {
    [paths.service]: {
      code: await idOf(
        'select code as id from service where id in (select service_id from contract where customer_id = $1)',
      ),
    },
    [paths.contract]: contract,
    [paths.contractMemo]: contract,
    [paths.order]: {
      id: await idOf(`insert into contract_order (customer_id, code, service_id, contract_id, title_ja, title_en, state, ordered_on, updated_at)
        select customer_id, gen_random_uuid(), service_id, id, '', '', 'received', now(), now() ${about}`),
    },
    [paths.ticket]: {
      id: await idOf(`insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, opened_at, updated_at)
        select customer_id, gen_random_uuid(), service_id, id, 'fault', '', '', 'open', now(), now() ${about}`),
    },
    [paths.incident]: { id: await idOf('select id from incident where customer_id = $1 limit 1') },
    [paths.notice]: {
      id: await idOf(`insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
        select customer_id, gen_random_uuid(), 'news', '', '', '', '', now() - interval '1 day' ${about}`),
    },
  }
  await admin.end()
  return sights
}
