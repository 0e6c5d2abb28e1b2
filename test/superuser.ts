import type pg from 'pg'
import { openPool } from '#platform/database/pool.ts'
import { superuser } from '#program/embedded-postgres/initialise.ts'
import type { TestDatabase } from './database.ts'

/** One connection that sees every row, whatever the fence says: for the catalogue, and for what was really written. */
export function superuserOf({ ownerConfig }: Pick<TestDatabase, 'ownerConfig'>): pg.Pool {
  return openPool({ ...ownerConfig, user: superuser, max: 1 })
}
