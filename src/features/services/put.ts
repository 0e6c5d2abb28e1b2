import { sql } from 'kysely'
import type { OrderForm } from '#features/order-forms/form.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import type { ContactWindow } from '#features/operators/window.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, findUnknown, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** Something that the operator sells. */
export interface ServiceEntry {
  code: string
  /** The code of its category. */
  category: string
  /** In its category. */
  position: number
  name: Phrase
  /** Where something of it is set, outside the portal; in the order of its page. */
  options: readonly { name: Phrase; text: Phrase; url: string }[]
  /** What users call it where its settings site is meant; absent: it has none. */
  settingsName?: Phrase | undefined
  /** Where its charges are looked up. */
  charges?: string | undefined
  /** Where it is asked about. */
  window?: ContactWindow | undefined
  /** Its contracts have counts of blocked traffic. */
  blocksTraffic: boolean
  /** Within so many hours an inquiry is answered. */
  answerHours: number
  /** In the order of its page. */
  orderForms: readonly OrderForm[]
}

const serviceTable: KeyedTable = {
  name: 'service',
  key: ['code'],
  kept: {
    code: 'text',
    service_category_id: 'uuid',
    position: 'integer',
    name_ja: 'text',
    name_en: 'text',
    options: 'jsonb',
    settings_name: 'jsonb',
    charges_url: 'text',
    contact_window: 'jsonb',
    blocks_traffic: 'boolean',
    answer_hours: 'integer',
    order_forms: 'jsonb',
  },
}

/** Makes the services that are missing, and changes those that differ. */
export async function putServices(
  ctx: OperatorContext,
  entries: readonly ServiceEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-category'>> {
  const known = await ctx.tx.selectFrom('service_category').select(['id', 'code']).execute()
  const categories = new Map(known.map(({ id, code }) => [code, id]))
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(findUnknown(entries, 'category', { known: categories, problem: 'unknown-category' }))
  if (refused) return refused
  const rows = entries.map((entry) => ({
    code: entry.code,
    service_category_id: categories.get(entry.category),
    position: entry.position,
    name_ja: entry.name.ja,
    name_en: entry.name.en,
    options: entry.options,
    settings_name: entry.settingsName,
    charges_url: entry.charges,
    contact_window: entry.window,
    blocks_traffic: entry.blocksTraffic,
    answer_hours: entry.answerHours,
    order_forms: entry.orderForms,
  }))
  return done(await upsert(ctx, serviceTable, rows))
}

/** The codes of the services that the entries do not name. */
export async function findUnnamedServices(
  { tx }: OperatorContext,
  entries: readonly ServiceEntry[],
): Promise<string[]> {
  return findUnnamed(tx, sql`select code as name from service`, codesOf(entries))
}
