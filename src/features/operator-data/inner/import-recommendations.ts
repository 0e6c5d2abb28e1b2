import { sql } from 'kysely'
import type { Fault } from '../json-file.ts'
import { expectEachOnce } from './each-once.ts'
import type { Importing } from './importing.ts'
import { findServiceIds } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const recommendationTable: ImportTable = {
  name: 'recommendation',
  key: ['code'],
  kept: {
    code: 'text',
    position: 'integer',
    service_id: 'uuid',
    for_services: 'uuid[]',
    title_ja: 'text',
    title_en: 'text',
    text_ja: 'text',
    text_en: 'text',
    url: 'text',
    ends_at: 'timestamptz',
  },
}

/** Makes and changes what the operator commends. Of those that a file does not name, the ones not ended are listed. */
export async function importRecommendations(importing: Importing): Promise<void> {
  const { tx, now, file, tally, progress } = importing
  const { recommendations } = file.content
  if (!recommendations) return
  const codes = recommendations.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => ['recommendations', index, 'code'])
  const services = await findServiceIds(tx)
  const faults = recommendations.flatMap(({ service = [], for: readers }, index): Fault[] => {
    const path = ['recommendations', index]
    const message = (name: string): string => `names no service: ${name}`
    return [
      ...[service].flat().map((name) => ({ name, path: [...path, 'service'] })),
      ...(readers === 'all' ? [] : readers.map((name, place) => ({ name, path: [...path, 'for', place] }))),
    ].flatMap(({ name, path: at }) => (services.has(name) ? [] : [{ path: at, message: message(name) }]))
  })
  if (faults.length > 0) throw file.faulty(faults)
  const rows = recommendations.map(({ code, service, for: readers, title, text, url, endsAt }, index) => ({
    code,
    position: index + 1,
    service_id: service && services.get(service),
    for_services: readers === 'all' ? null : readers.map((name) => services.get(name)),
    title_ja: title.ja,
    title_en: title.en,
    text_ja: text.ja,
    text_en: text.en,
    url,
    ends_at: endsAt,
  }))
  tally('recommendations', await upsert(tx, { table: recommendationTable, rows }, progress))
  const open = sql`select code as name from recommendation where ends_at is null or ends_at > ${now}`
  importing.unnamed('recommendations', await findUnnamed(tx, open, codes))
}
