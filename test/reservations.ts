import { sql } from 'kysely'
import { carryOutReservations } from '#features/reservations/carry-out.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { Database } from '#platform/database/database.ts'
import type { TestDatabase } from './database.ts'
import { inLine, type MadeLine } from './line.ts'
import { testSecrets, testSettingsUrl } from './portal.ts'

/** Works inside a line at a moment, and with `due` for a later one. */
export function atMoment<T>(
  database: TestDatabase,
  { line, now, due }: { line: MadeLine; now: Date; due?: Date },
  work: (ctx: LineContext) => Promise<T>,
): Promise<T> {
  return inLine(database, line, (ctx) => work({ ...ctx, now, ...(due && { due }) }))
}

/** A look of the worker at what is due. */
export function carryOutAt({ operator }: TestDatabase, now: Date, database: Database = operator): Promise<void> {
  return carryOutReservations({ database, secrets: testSecrets, settingsUrl: testSettingsUrl, now: () => now })
}

/** A database whose worker dies with some transactions before they are committed: as often as `dies` says so. */
export function dyingDatabase({ operator }: TestDatabase, dies: () => boolean): Database {
  return {
    ...operator,
    transaction: (work, kind) =>
      operator.transaction(async (tx) => {
        const result = await work(tx)
        if (dies()) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
        return result
      }, kind),
  }
}
