import { sql } from 'kysely'
import type { NoticeEntry } from '../import-format.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import type { JsonPath } from './json-places.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const noticeTable: ImportTable = {
  name: 'notice',
  key: ['code'],
  kept: {
    code: 'text',
    kind: 'notice_kind',
    title_ja: 'text',
    title_en: 'text',
    body_ja: 'text',
    body_en: 'text',
    published_at: 'timestamptz',
    ends_at: 'timestamptz',
  },
  // Whom a notice is for has been checked.
  once: { customer_id: 'uuid' },
}

/** Makes and changes the notices that are for every customer, after a look at those of the whole file. */
export async function importNoticesForEverybody(importing: Importing): Promise<void> {
  const { file } = importing
  const { notices, customers = [] } = file.content
  // A code is that of one notice, so a second one may stand anywhere in the file.
  const places = [
    ...placesOf(notices, []),
    ...customers.flatMap((customer, index) => placesOf(customer.notices, ['customers', index])),
  ]
  expectEachOnce(
    file,
    places.map(({ code }) => code),
    (index) => places[index]?.path ?? [],
  )
  if (notices) await importNotices(importing, undefined, notices)
}

/** Makes and changes the notices for one customer, or for everybody. Of those that a file does not name, the ones not ended are listed. */
export async function importNotices(
  importing: Importing,
  customer: ImportedCustomer | undefined,
  entries: readonly NoticeEntry[],
): Promise<void> {
  const { tx, now, tally, progress } = importing
  await expectForNobodyElse(importing, customer, entries)
  const rows = entries.map((entry) => ({
    customer_id: customer?.id,
    code: entry.code,
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    body_ja: entry.body.ja,
    body_en: entry.body.en,
    published_at: entry.publishedAt,
    ends_at: entry.endsAt,
  }))
  tally('notices', await upsert(tx, { table: noticeTable, rows }, progress))
  const open = sql`
    select code as name from notice
    where customer_id is not distinct from ${customer?.id ?? null}::uuid and (ends_at is null or ends_at > ${now})`
  const codes = entries.map(({ code }) => code)
  importing.unnamed('notices', await findUnnamed(tx, open, codes), customer?.entry.code)
}

function placesOf(entries: readonly NoticeEntry[] = [], path: JsonPath): { code: string; path: JsonPath }[] {
  return entries.map(({ code }, index) => ({ code, path: [...path, 'notices', index, 'code'] }))
}

/** What one customer was told is never shown to another by a slip in a file. */
async function expectForNobodyElse(
  { tx, file }: Importing,
  customer: ImportedCustomer | undefined,
  entries: readonly NoticeEntry[],
): Promise<void> {
  const { rows } = await sql<{ index: number; code: string }>`
    select given.position - 1 as index, code from unnest(${entries.map(({ code }) => code)}::text[]) with ordinality as given(code, position)
    join notice using (code) where notice.customer_id is distinct from ${customer?.id ?? null}::uuid
    order by given.position`.execute(tx)
  if (rows.length === 0) return
  throw file.faulty(
    rows.map(({ index, code }) => ({
      path: [...(customer?.path ?? []), 'notices', index, 'code'],
      message: `is a notice for others: ${code}`,
    })),
  )
}
