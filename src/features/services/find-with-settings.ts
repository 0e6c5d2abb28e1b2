import type { Transaction } from '#platform/database/database.ts'
import type { Phrase } from '#platform/words.ts'

/** A service whose contracts are set on the settings site. */
export interface ServiceWithSettings {
  id: string
  code: string
  name: Phrase
}

/** The service of a code, if it has a settings site: that is no secret of any customer's. */
export async function findServiceWithSettings(tx: Transaction, code: string): Promise<ServiceWithSettings | undefined> {
  const row = await tx
    .selectFrom('service')
    .where('code', '=', code)
    .where('settings_name', 'is not', null)
    .select(['id', 'code', 'name_ja as ja', 'name_en as en'])
    .executeTakeFirst()
  return row && { id: row.id, code: row.code, name: { ja: row.ja, en: row.en } }
}
