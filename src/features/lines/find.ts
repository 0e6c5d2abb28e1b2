import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'

/** What the portal tells of the telephone system of a contract. */
export interface ListedLine {
  /** Findings of the settings check. */
  attention: number
}

/** Of these contracts, which the actor may view: those that have a line. */
export async function findLines({ tx }: Context, contractIds: readonly string[]): Promise<Map<string, ListedLine>> {
  if (contractIds.length === 0) return new Map()
  const { rows } = await sql<ListedLine & { id: string }>`
    select contract_id as id, attention from door.lines_of(${contractIds}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, ...line }) => [id, line]))
}
