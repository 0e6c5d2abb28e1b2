import type pg from 'pg'
import { superuser } from '#platform/embedded-postgres/initialise.ts'
import type { TestDatabase } from './database.ts'

/** Sees every row, whatever the fence says: for looking into the catalogue, and at what was really written. */
export function asSuperuser({ ownerConfig }: Pick<TestDatabase, 'ownerConfig'>): pg.ClientConfig {
  return { ...ownerConfig, user: superuser }
}
