import { type RawBuilder, sql } from 'kysely'
import type { UpdateEntry } from './entry.ts'

/** What was said, as rows for `givenUpdates`. */
export function updateRowsOf(of: object, updates: readonly UpdateEntry[]): object[] {
  return updates.map(({ at, step, text, nextUpdateAt, corrects }, index) => ({
    ...of,
    number: index + 1,
    said_at: at,
    step,
    text_ja: text.ja,
    text_en: text.en,
    next_update_at: nextUpdateAt,
    corrects,
  }))
}

/** For a `from`: the rows as `g`. */
export function givenUpdates(rows: readonly object[]): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (entry integer, code text, incident uuid, number integer,
    said_at timestamptz, step text, text_ja text, text_en text, next_update_at timestamptz, corrects integer)`
}
