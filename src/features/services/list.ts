import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** What the operator sells. */
export interface ListedService {
  code: string
  name: Phrase
}

/** All services, in the order of the menu. */
export async function listServices(tx: Transaction): Promise<ListedService[]> {
  const { rows } = await sql<Json<ListedService>>`
    select ${row.columns} from service s left join service_category c on c.id = s.service_category_id
    order by c.position, s.position, s.code`.execute(tx)
  return rows.map(row.read)
}

const row = jsonRow<ListedService>({ code: value('s.code'), name: phrase('s.name') })
