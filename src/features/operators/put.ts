import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'
import type { ContactWindow } from './window.ts'

/** The carrier whose portal this is: its brand and its rules. */
export interface OperatorEntry {
  name: Phrase
  slogan: Phrase
  logo?: { bytes: Buffer; type: 'image/svg+xml' | 'image/png' } | undefined
  /** In the order of the footer. */
  links: readonly { ja: string; en: string; url: string }[]
  /** A POSIX regular expression. */
  contractNumberPattern: string
  timeZone: string
  firstLoginDays: number
  accessHistoryYears: number
  window?: ContactWindow | undefined
}

const operatorTable: KeyedTable = {
  name: 'operator',
  key: ['is_the_operator'],
  id: 'is_the_operator',
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

/** Makes the one operator, or changes it to what the entry says. */
export async function putOperator(ctx: OperatorContext, entry: OperatorEntry): Promise<PutOutcome<'no-pattern'>> {
  const { contractNumberPattern: value, logo } = entry
  const refused = refuseMisfits(
    (await isPattern(ctx, value)) ? [] : [{ entry: 0, at: ['contractNumberPattern'], problem: 'no-pattern', value }],
  )
  if (refused) return refused
  const row = {
    is_the_operator: true,
    name_ja: entry.name.ja,
    name_en: entry.name.en,
    slogan_ja: entry.slogan.ja,
    slogan_en: entry.slogan.en,
    logo: logo && `\\x${logo.bytes.toString('hex')}`,
    logo_type: logo?.type,
    links: entry.links,
    contract_number_pattern: value,
    time_zone: entry.timeZone,
    first_login_days: entry.firstLoginDays,
    access_history_years: entry.accessHistoryYears,
    contact_window: entry.window,
  }
  return done(await upsert(ctx, operatorTable, [row]))
}

/** Only PostgreSQL can say whether it understands a pattern. */
async function isPattern({ tx }: OperatorContext, pattern: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select is_pattern(${pattern}) as is`.execute(tx)
  return rows[0]?.is === true
}
