import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { findServiceIds } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, findUnknown, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** A document of the operator's, for one service or for the portal as a whole. */
export interface ManualEntry {
  code: string
  /** The code of its service. */
  service?: string | undefined
  title: Phrase
  url: string
  /** 2026-11-22. */
  updatedOn: string
}

const manualTable: KeyedTable = {
  name: 'manual',
  key: ['code'],
  kept: { code: 'text', service_id: 'uuid', title_ja: 'text', title_en: 'text', url: 'text', updated_on: 'date' },
}

/** Makes the manuals that are missing, and changes those that differ. */
export async function putManuals(
  ctx: OperatorContext,
  entries: readonly ManualEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service'>> {
  const services = await findServiceIds(ctx)
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(findUnknown(entries, 'service', { known: services, problem: 'unknown-service' }))
  if (refused) return refused
  const rows = entries.map(({ code, service, title, url, updatedOn }) => ({
    code,
    service_id: service && services.get(service),
    title_ja: title.ja,
    title_en: title.en,
    url,
    updated_on: updatedOn,
  }))
  return done(await upsert(ctx, manualTable, rows))
}

/** The codes of the manuals that the entries do not name. */
export async function findUnnamedManuals({ tx }: OperatorContext, entries: readonly ManualEntry[]): Promise<string[]> {
  return findUnnamed(tx, sql`select code as name from manual`, codesOf(entries))
}
