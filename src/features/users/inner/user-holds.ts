import { type RawBuilder, sql } from 'kysely'

/** Whether the user that a query calls so holds every term: in name, mail address, telephone number, position or comment. */
export function userHolds(terms: readonly string[], alias: string): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  return sql<boolean>`${sql.ref(`${alias}.search`)} like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`
}
