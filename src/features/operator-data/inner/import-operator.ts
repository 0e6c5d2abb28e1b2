import { sql } from 'kysely'
import type { ImportContent, OperatorEntry } from '../import-format.ts'
import { expectEachOnce } from './each-once.ts'
import type { Importing } from './importing.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

/** What belongs to nobody but the operator: the brand, and the services with their categories. */
export async function importOperator(importing: Importing): Promise<void> {
  const { operator, serviceCategories, services } = importing.file.content
  if (operator) await importBrand(importing, operator)
  if (serviceCategories) await importCategories(importing, serviceCategories)
  if (services) await importServices(importing, services)
}

const operatorTable: ImportTable = {
  name: 'operator',
  key: ['is_the_operator'],
  kept: {
    is_the_operator: 'boolean',
    name_ja: 'text',
    name_en: 'text',
    slogan_ja: 'text',
    slogan_en: 'text',
    logo: 'bytea',
    logo_type: 'text',
    links: 'jsonb',
    contract_number_pattern: 'text',
    time_zone: 'text',
    first_login_days: 'integer',
    access_history_years: 'integer',
    contact_window: 'jsonb',
  },
}

async function importBrand(importing: Importing, entry: OperatorEntry): Promise<void> {
  const { tx, file, tally, progress } = importing
  // Only PostgreSQL can say whether it understands the pattern, and it says so by an error, which ends the transaction.
  await sql`select '' ~ ${entry.contractNumberPattern}`.execute(tx).catch(() => {
    throw file.faulty([{ path: ['operator', 'contractNumberPattern'], message: 'must be a regular expression' }])
  })
  const { svg, png } = entry.logo ?? {}
  const logo = svg === undefined ? png && Buffer.from(png, 'base64') : Buffer.from(svg)
  const row = {
    is_the_operator: true,
    name_ja: entry.name.ja,
    name_en: entry.name.en,
    slogan_ja: entry.slogan.ja,
    slogan_en: entry.slogan.en,
    logo: logo && `\\x${logo.toString('hex')}`,
    logo_type: logo && (svg === undefined ? 'image/png' : 'image/svg+xml'),
    links: entry.links,
    contract_number_pattern: entry.contractNumberPattern,
    time_zone: entry.timeZone,
    first_login_days: entry.firstLoginDays,
    access_history_years: entry.accessHistoryYears,
    contact_window: entry.window,
  }
  tally('operator', await upsert(tx, { table: operatorTable, rows: [row] }, progress))
}

const categoryTable: ImportTable = {
  name: 'service_category',
  key: ['code'],
  kept: { code: 'text', position: 'integer', name_ja: 'text', name_en: 'text' },
}

async function importCategories(
  importing: Importing,
  entries: NonNullable<ImportContent['serviceCategories']>,
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const codes = entries.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => ['serviceCategories', index, 'code'])
  const rows = entries.map(({ code, name }, index) => ({
    code,
    position: index + 1,
    name_ja: name.ja,
    name_en: name.en,
  }))
  tally('serviceCategories', await upsert(tx, { table: categoryTable, rows }, progress))
  importing.unnamed('serviceCategories', await findUnnamed(tx, sql`select code as name from service_category`, codes))
}

const serviceTable: ImportTable = {
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
  },
}

async function importServices(importing: Importing, entries: NonNullable<ImportContent['services']>): Promise<void> {
  const { tx, file, tally, progress } = importing
  const codes = entries.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => ['services', index, 'code'])
  const known = await tx.selectFrom('service_category').select(['id', 'code']).execute()
  const categories = new Map(known.map(({ id, code }) => [code, id]))
  const faults = entries.flatMap(({ category }, index) =>
    categories.has(category)
      ? []
      : [{ path: ['services', index, 'category'], message: `names no category: ${category}` }],
  )
  if (faults.length > 0) throw file.faulty(faults)
  const rows = entries.map(
    ({ code, category, name, options, settingsName, charges, window, blocksTraffic }, index) => ({
      code,
      service_category_id: categories.get(category),
      position: index + 1,
      name_ja: name.ja,
      name_en: name.en,
      options,
      settings_name: settingsName,
      charges_url: charges,
      contact_window: window,
      blocks_traffic: blocksTraffic,
    }),
  )
  tally('services', await upsert(tx, { table: serviceTable, rows }, progress))
  importing.unnamed('services', await findUnnamed(tx, sql`select code as name from service`, codes))
}
