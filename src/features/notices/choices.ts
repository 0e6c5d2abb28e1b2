import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** Something that the operator sells, to choose from. */
export interface Service {
  id: string
  name: Phrase
}

export async function listServices(tx: Transaction): Promise<Service[]> {
  const { rows } = await sql<Json<Service>>`
    select ${service.columns} from service s order by s.name_ja, s.id`.execute(tx)
  return rows.map(service.read)
}

const service = jsonRow<Service>({ id: value('s.id'), name: phrase('s.name') })

/** The customers with these codes, and the codes that nobody has. The house is none. */
export async function findCustomersByCode(
  tx: Transaction,
  codes: readonly string[],
): Promise<{ ids: string[]; unknown: string[] }> {
  const { rows } = await sql<{ code: string; id: string | null }>`
    select given.code, c.id from unnest(${codes}::text[]) with ordinality as given (code, place)
    left join customer c on c.code = given.code and not c.is_house order by place`.execute(tx)
  return {
    ids: rows.flatMap(({ id }) => (id === null ? [] : [id])),
    unknown: rows.flatMap(({ id, code }) => (id === null ? [code] : [])),
  }
}
