import { type RawBuilder, sql } from 'kysely'
import type { Phrase } from '#platform/words.ts'

/** Where the operator is asked, and faults are reported. */
export interface ContactWindow {
  name: Phrase
  phone?: string | undefined
  /** When somebody answers. */
  hours?: Phrase | undefined
  url?: string | undefined
}

/** The window for a service, of the column with its id: its own, or else the operator's. */
export function windowFor(service: string): RawBuilder<ContactWindow | null> {
  return sql<ContactWindow | null>`coalesce(
    (select contact_window from service where id = ${sql.ref(service)}), (select contact_window from operator))`
}
