import { type Fact, jsonRow, mapped, value } from '#platform/database/json-row.ts'
import type { ToldText } from './entry.ts'

/** Of two columns, such as `r.cause_ja` and `r.cause_en`: a text that may be there in Japanese alone. */
export function toldText(column: string): Fact<ToldText> {
  const told = jsonRow<{ ja: string; en: string | null }>({ ja: value(`${column}_ja`), en: value(`${column}_en`) })
  return mapped(told, ({ ja, en }): ToldText => ({ ja, ...(en !== null && { en }) }))
}
