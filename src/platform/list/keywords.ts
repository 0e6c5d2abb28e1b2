import { type RawBuilder, sql } from 'kysely'

/** Whether these columns hold every term, as keywords are compared. For lists that are read as a whole. */
export function holdsTerms(terms: readonly string[], columns: readonly string[]): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  const text = sql`concat_ws(E'\n', ${sql.join(columns.map((column) => sql.ref(column)))})`
  return sql<boolean>`fold_search(${text}) like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`
}

/** The same of one column that is folded already. */
export function foldedHolds(terms: readonly string[], column: string): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  return sql<boolean>`${sql.ref(column)} like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`
}

/** Characters by which is searched. What stands behind them is shown as it was typed, and said to be passed over. */
export const longestKeyword = 100

/** What stands in the keyword field `q` of an address. */
export function keywordOf({ q = '' }: Readonly<Record<string, string>>): string {
  return q.trim()
}

/** The words of a keyword, between half- or full-width spaces. */
export function termsOf(keyword: string): string[] {
  return lettersOf(keyword).slice(0, longestKeyword).join('').split(/\s+/u).filter(Boolean)
}

/** Whether something of it is passed over. */
export function isPassedOver(keyword: string): boolean {
  return lettersOf(keyword).length > longestKeyword
}

const lettersOf = (text: string): string[] => Array.from(text)
