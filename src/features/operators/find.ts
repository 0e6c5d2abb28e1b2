import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
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

/** Selects an Operator from the table `operator`. */
export const operatorJson: RawBuilder<Operator> = sql<Operator>`jsonb_build_object(
  'name', jsonb_build_object('ja', name_ja, 'en', name_en),
  'slogan', jsonb_build_object('ja', slogan_ja, 'en', slogan_en),
  'logoVersion', left(md5(logo), 8),
  'links', links)`

/** Null until the operator's data has been imported. */
export async function findOperator(tx: Transaction): Promise<Operator | null> {
  const row = await tx.selectFrom('operator').select(operatorJson.as('operator')).executeTakeFirst()
  return row?.operator ?? null
}

export async function findLogo(tx: Transaction): Promise<{ bytes: Buffer; type: string } | undefined> {
  const row = await tx.selectFrom('operator').select(['logo', 'logo_type']).executeTakeFirst()
  return row?.logo && row.logo_type ? { bytes: row.logo, type: row.logo_type } : undefined
}
