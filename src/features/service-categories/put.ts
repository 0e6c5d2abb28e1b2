import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** Services that stand together in the menu. */
export interface CategoryEntry {
  code: string
  /** In the menu. */
  position: number
  name: Phrase
}

const categoryTable: KeyedTable = {
  name: 'service_category',
  key: ['code'],
  kept: { code: 'text', position: 'integer', name_ja: 'text', name_en: 'text' },
}

/** Makes the categories that are missing, and changes those that differ. */
export async function putServiceCategories(
  ctx: OperatorContext,
  entries: readonly CategoryEntry[],
): Promise<PutOutcome<'stands-twice'>> {
  const refused = refuseMisfits(findTwice(codesOf(entries), 'code'))
  if (refused) return refused
  const rows = entries.map(({ code, position, name }) => ({ code, position, name_ja: name.ja, name_en: name.en }))
  return done(await upsert(ctx, categoryTable, rows))
}

/** The codes of the categories that the entries do not name. */
export async function findUnnamedCategories(
  { tx }: OperatorContext,
  entries: readonly CategoryEntry[],
): Promise<string[]> {
  return findUnnamed(tx, sql`select code as name from service_category`, codesOf(entries))
}
