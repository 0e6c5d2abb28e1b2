import { sql } from 'kysely'
import { expectEachOnce } from './each-once.ts'
import type { Importing } from './importing.ts'
import { findServiceIds } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const manualTable: ImportTable = {
  name: 'manual',
  key: ['code'],
  kept: { code: 'text', service_id: 'uuid', title_ja: 'text', title_en: 'text', url: 'text', updated_on: 'date' },
}

/** Makes and changes the operator's manuals. */
export async function importManuals(importing: Importing): Promise<void> {
  const { tx, file, tally, progress } = importing
  const { manuals } = file.content
  if (!manuals) return
  const codes = manuals.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => ['manuals', index, 'code'])
  const services = await findServiceIds(tx)
  const faults = manuals.flatMap(({ service }, index) =>
    !service || services.has(service)
      ? []
      : [{ path: ['manuals', index, 'service'], message: `names no service: ${service}` }],
  )
  if (faults.length > 0) throw file.faulty(faults)
  const rows = manuals.map(({ code, service, title, url, updatedOn }) => ({
    code,
    service_id: service && services.get(service),
    title_ja: title.ja,
    title_en: title.en,
    url,
    updated_on: updatedOn,
  }))
  tally('manuals', await upsert(tx, { table: manualTable, rows }, progress))
  importing.unnamed('manuals', await findUnnamed(tx, sql`select code as name from manual`, codes))
}
