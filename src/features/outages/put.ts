import { sql } from 'kysely'
import { type UpdateEntry, type ToldText } from '#features/incidents/entry.ts'
import { findCorrectingNone } from '#features/incidents/corrections.ts'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { IncidentStep } from '#features/incidents/steps.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'
import type { Affects } from './affects.ts'
import { findTakenCodes, findUnknownAffected } from './inner/misfits.ts'
import { findChangedOfOutages, putUpdatesOfOutages } from './inner/put-updates.ts'
import { spreadOutage } from './spread.ts'

/** A fault or works of many customers, as it is told to each of them. Moments have their offsets. */
export interface OutageEntry {
  code: string
  kind: IncidentKind
  title: Phrase
  /** 影響範囲 */
  affects: Affects
  startsAt: string
  endsAt?: string | undefined
  updatedAt: string
  step?: IncidentStep | undefined
  expectedEndAt?: string | undefined
  /** Absent: as the last update says. */
  nextUpdateAt?: string | undefined
  cause?: ToldText | undefined
  withdrawnAt?: string | undefined
  /** In their order. */
  updates?: readonly UpdateEntry[] | undefined
}

const outageTable: KeyedTable = {
  name: 'outage',
  key: ['code'],
  kept: {
    code: 'text',
    kind: 'incident_kind',
    title_ja: 'text',
    title_en: 'text',
    affects: 'jsonb',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    updated_at: 'timestamptz',
    step: 'text',
    expected_end_at: 'timestamptz',
    next_update_at: 'timestamptz',
    cause_ja: 'text',
    cause_en: 'text',
    state: 'text',
    withdrawn_at: 'timestamptz',
  },
}

/** Makes the outages that are missing, changes those that differ, and spreads all over the customers that they affect now. */
export async function putOutages(
  ctx: OperatorContext,
  entries: readonly OutageEntry[],
): Promise<
  PutOutcome<
    | 'stands-twice'
    | 'unknown-service'
    | 'no-such-site'
    | 'no-such-contract'
    | 'code-taken'
    | 'said-already'
    | 'corrects-none'
  >
> {
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(await findUnknownAffected(ctx, entries)) ??
    refuseMisfits(findCorrectingNone(entries)) ??
    refuseMisfits(await findTakenCodes(ctx, entries)) ??
    refuseMisfits(await findChangedOfOutages(ctx, entries))
  if (refused) return refused
  const put = await upsert(ctx, outageTable, entries.map(rowOf))
  const said = await putUpdatesOfOutages(
    ctx,
    entries.map((entry, at) => ({ ...entry, id: put[at]?.id ?? '' })),
  )
  for (const { id } of put) await spreadOutage(ctx, id)
  return done(put.map((each) => (each.was === 'unchanged' && said.has(each.id) ? { ...each, was: 'changed' } : each)))
}

function rowOf(entry: OutageEntry): Record<string, unknown> {
  const { updates = [], withdrawnAt } = entry
  return {
    code: entry.code,
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    affects: entry.affects,
    starts_at: entry.startsAt,
    ends_at: entry.endsAt,
    updated_at: entry.updatedAt,
    step: entry.step ?? updates.findLast(({ step }) => step !== undefined)?.step,
    expected_end_at: entry.expectedEndAt,
    next_update_at: entry.nextUpdateAt ?? updates.at(-1)?.nextUpdateAt,
    cause_ja: entry.cause?.ja,
    cause_en: entry.cause?.en,
    state: withdrawnAt === undefined ? 'published' : 'withdrawn',
    withdrawn_at: withdrawnAt,
  }
}

/** The codes of published outages that are not over, and that the entries do not name. */
export async function findUnnamedOutages(
  { tx, now }: OperatorContext,
  entries: readonly OutageEntry[],
): Promise<string[]> {
  const open = sql`select code as name from outage where state = 'published' and (ends_at is null or ends_at > ${now})`
  return findUnnamed(tx, open, codesOf(entries))
}
