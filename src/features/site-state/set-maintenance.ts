import type { Transaction } from '#platform/database/database.ts'
import type { Maintenance, SiteName } from './find.ts'

/** Announces a maintenance of a site in place of the one before; undefined: there is none any more. With the role of the operator or of the staff. */
export async function setMaintenance(
  tx: Transaction,
  site: SiteName,
  maintenance: Maintenance | undefined,
): Promise<void> {
  const { from = null, until = null, mode = null, text } = maintenance ?? {}
  await tx
    .updateTable('site_state')
    .set({ closed_from: from, closed_until: until, mode, text_ja: text?.ja ?? null, text_en: text?.en ?? null })
    .where('site', '=', site)
    .execute()
}
