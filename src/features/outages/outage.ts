import { type RawBuilder, sql } from 'kysely'
import type { ToldText } from '#features/incidents/entry.ts'
import { type IncidentKind, isNotOver } from '#features/incidents/incident.ts'
import type { IncidentStep } from '#features/incidents/steps.ts'
import { toldText } from '#features/incidents/told-text.ts'
import { type IncidentUpdate, updateFacts } from '#features/incidents/update.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { at, type Fact, type Json, jsonRow, phrase, rowsOf, value, when } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import type { Affects } from './affects.ts'

export type OutageState = 'draft' | 'published' | 'withdrawn'

/** What staff tell outages apart by: whether it was published, and if so what follows from its times. */
export const outageStages = ['draft', 'running', 'coming', 'over', 'withdrawn'] as const
export type OutageStage = (typeof outageStages)[number]

/** An outage as staff see it. */
export interface Outage {
  id: string
  code: string
  kind: IncidentKind
  title: Phrase
  state: OutageState
  stage: OutageStage
  step: IncidentStep | null
  startsAt: Date
  endsAt: Date | null
  expectedEndAt: Date | null
  nextUpdateAt: Date | null
  /** The promised word has not come. */
  isLate: boolean
  cause: ToldText | null
  updatedAt: Date
  version: number
  /** S-0042; null: a file. */
  madeBy: string | null
  /** Whether the customers' copies are made of this version. */
  isSpread: boolean
  affects: ShownAffects
  /** What it is to affect next, once that is applied. */
  nextAffects: ShownAffects | null
  /** The latest first. */
  updates: OutageUpdate[]
}

/** 影響範囲 as pages show it: without the numbers, where there are more than a form holds. */
export interface ShownAffects extends Affects {
  /** How many contracts are named by their numbers. */
  numbers: number
}

/** As customers read it, with who wrote it. */
export interface OutageUpdate extends IncidentUpdate {
  /** S-0042; null: a file. */
  by: string | null
}

/** So many numbers stand in a form. */
export const mostNumbersShown = 1_000

export async function findOutage({ tx, now }: OperatorContext, id: string): Promise<Outage | undefined> {
  const row = rowAt(now)
  const { rows } = await sql<Json<Outage>>`select ${row.columns} from outage r where r.id = ${id}`.execute(tx)
  return rows[0] && row.read(rows[0])
}

/** What an outage affects now, or is to: as it is asked of the database. */
export async function findAffects({ tx }: Pick<OperatorContext, 'tx'>, id: string): Promise<Affects | undefined> {
  const { rows } = await sql<{ affects: Affects }>`
    select coalesce(next_affects, affects) as affects from outage where id = ${id}`.execute(tx)
  return rows[0]?.affects
}

/** Of an outage `r`. */
export function stageAt(now: Date): RawBuilder<OutageStage> {
  return sql<OutageStage>`case when r.state <> 'published' then r.state when r.ends_at <= ${now} then 'over'
    when r.starts_at > ${now} then 'coming' else 'running' end`
}

/** Of an outage `r`: staff have promised a word by now, and it has not come. */
export function isLateAt(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(r.state = 'published' and ${isNotOver('r', now)} and coalesce(r.next_update_at <= ${now}, false))`
}

function affectsIn(column: string): Fact<ShownAffects> {
  const [whole, numbers] = [sql.ref(column), sql`coalesce(jsonb_array_length(${sql.ref(column)} -> 'contracts'), 0)`]
  return value(sql`case when ${numbers} <= ${sql.lit(mostNumbersShown)} then ${whole} else ${whole} - 'contracts' end
    || jsonb_build_object('numbers', ${numbers})`)
}

const updates = rowsOf(jsonRow<OutageUpdate>({ ...updateFacts, by: value('u.said_by') }), {
  from: sql`outage_update u where u.outage_id = r.id`,
  orderBy: sql`u.number desc`,
})

const rowAt = (now: Date) =>
  jsonRow<Outage>({
    id: value('r.id'),
    code: value('r.code'),
    kind: value('r.kind'),
    title: phrase('r.title'),
    state: value('r.state'),
    stage: value(stageAt(now)),
    step: value('r.step'),
    startsAt: at('r.starts_at'),
    endsAt: at('r.ends_at'),
    expectedEndAt: at('r.expected_end_at'),
    nextUpdateAt: at('r.next_update_at'),
    isLate: value(isLateAt(now)),
    cause: when(sql`r.cause_ja is not null`, toldText('r.cause')),
    updatedAt: at('r.updated_at'),
    version: value('r.version'),
    madeBy: value('r.made_by'),
    isSpread: value(sql`r.spread_version is not distinct from r.version`),
    affects: affectsIn('r.affects'),
    nextAffects: when(sql`r.next_affects is not null`, affectsIn('r.next_affects')),
    updates,
  })
