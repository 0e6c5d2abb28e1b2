import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { type Json, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** The carrier whose portal this is: everything that carries a brand comes from here. */
export interface Operator {
  name: Phrase
  slogan: Phrase
  /** Changes with the logo, for its address; null when there is none. */
  logoVersion: string | null
  /** Help and legal pages of the operator's. */
  links: { ja: string; en: string; url: string }[]
}

/** Of the table `operator`. */
export const operatorRow: JsonRow<Operator> = jsonRow({
  name: phrase('name'),
  slogan: phrase('slogan'),
  logoVersion: value(sql`left(md5(logo), 8)`),
  links: value('links'),
})

/** Null until the operator's data has been imported. */
export async function findOperator(tx: Transaction): Promise<Operator | null> {
  const { rows } = await sql<Json<Operator>>`select ${operatorRow.columns} from operator`.execute(tx)
  return rows[0] ? operatorRow.read(rows[0]) : null
}

export async function findLogo(tx: Transaction): Promise<{ bytes: Buffer; type: string } | undefined> {
  const row = await tx.selectFrom('operator').select(['logo', 'logo_type']).executeTakeFirst()
  return row?.logo && row.logo_type ? { bytes: row.logo, type: row.logo_type } : undefined
}
