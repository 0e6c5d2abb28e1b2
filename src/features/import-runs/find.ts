import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, type Json, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { type RunResult, type RunState, runStates } from './run.ts'

/** What came of a file, at a glance. */
export interface ListedRun {
  id: string
  at: Date
  /** S-0042; null: the command line. */
  by: string | null
  name: string
  state: RunState
  /** Until then it can be applied; null: it was brought for nothing but that, or was never. */
  expiresAt: Date | null
  counts: RunResult['counts']
  /** How many are told. */
  faults: number
}

/** An import of one file. */
export interface ImportRun extends Omit<ListedRun, 'faults'>, Omit<RunResult, 'contracts' | 'ends'> {
  sha256: string | null
  /** In bytes. */
  size: number | null
  holdsNotices: boolean
  /** For the person who wrote the file. */
  faults: string[]
  contracts: number | null
  ends: number | null
  /** Who had it applied. */
  confirmedBy: string | null
  finishedAt: Date | null
}

/** All that were run here or on the command line, the newest first. */
export const importRuns = defineList({
  seen: (_ctx: Visitor) => sql`seen as (select r.* from import_run r)`,
  row: jsonRow<ListedRun>({
    id: value('r.id'),
    at: at('r.at'),
    by: value('r.staff_name'),
    name: value('r.name'),
    state: value('r.state'),
    expiresAt: at('r.expires_at'),
    counts: value('r.counts'),
    faults: value(sql`jsonb_array_length(r.faults)`),
  }),
  search: ['r.name', 'r.staff_name', 'r.sha256'],
  facets: { state: { values: runStates, column: 'r.state' } },
  sortedBy: { at: descending(byTime('r.at')), name: ascending(byText('r.name')) },
  last: [byText(sql`r.id::text`)],
})

export async function findRun({ tx }: Pick<Visitor, 'tx'>, id: string): Promise<ImportRun | undefined> {
  const { rows } = await sql<Json<ImportRun>>`select ${row.columns} from import_run r where r.id = ${id}`.execute(tx)
  return rows[0] && row.read(rows[0])
}

const row = jsonRow<ImportRun>({
  id: value('r.id'),
  at: at('r.at'),
  by: value('r.staff_name'),
  name: value('r.name'),
  state: value('r.state'),
  expiresAt: at('r.expires_at'),
  counts: value('r.counts'),
  changes: value('r.changes'),
  unnamed: value('r.unnamed'),
  faults: value('r.faults'),
  sha256: value('r.sha256'),
  size: value('r.size'),
  holdsNotices: value('r.holds_notices'),
  contracts: value('r.contracts'),
  ends: value('r.ends'),
  confirmedBy: value('r.confirmed_by'),
  finishedAt: at('r.finished_at'),
})
