import { type RawBuilder, sql } from 'kysely'

/** Whether these columns hold every term, as keywords are compared. For lists that are read as a whole. */
export function holdsTerms(terms: readonly string[], columns: readonly string[]): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  const text = sql`concat_ws(E'\n', ${sql.join(columns.map((column) => sql.ref(column)))})`
  return sql<boolean>`fold_search(${text}) like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`
}

const mostTerms = 5

/** The words of a keyword field, between half- or full-width spaces. */
export function termsOf(keyword: string): string[] {
  return keyword.split(/\s+/u).filter(Boolean).slice(0, mostTerms)
}
