import { type RawBuilder, sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import type { Transaction } from '#platform/database/database.ts'
import { seconds } from '#platform/time/duration.ts'
import { isNotOver, type IncidentKind } from './incident.ts'

/** What people are told of an incident by mail. */
export const tellingKinds = [
  'opened',
  'update',
  'ended',
  'left',
  'withdrawn',
  'announced',
  'moved',
  'tomorrow',
  'cancelled',
] as const
export type TellingKind = (typeof tellingKinds)[number]

export interface Telling {
  incident: string
  kind: TellingKind
  /** Of a date, or of when contracts left, which it is; otherwise 0. Of updates the newest is told, whichever that is by then. */
  number: number
}

/** Has the worker tell it, after the commit of what is to be told. */
export async function enqueueTellings(tx: Transaction, tellings: readonly Telling[], runAt: Date): Promise<void> {
  if (tellings.length === 0) return
  await sql`
    select enqueue_tell(incident, kind, number, ${runAt})
    from jsonb_to_recordset(${JSON.stringify(tellings)}::jsonb) as t (incident uuid, kind text, number integer)`.execute(
    tx,
  )
}

/** What an incident was before it was put, as far as people are told of a difference. */
export interface Former {
  id: string
  kind: IncidentKind
  startsAt: Date
  endsAt: Date | null
  isNotOver: boolean
  isWithdrawn: boolean
  updates: number
  contracts: readonly string[]
}

/** Of incidents `i`, by their ids. */
export async function findFormer(
  { tx, now }: Pick<OperatorContext, 'tx' | 'now'>,
  which: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, Former>> {
  const { rows } = await sql<Former>`
    select i.id, i.kind, i.starts_at as "startsAt", i.ends_at as "endsAt", ${isNotOver('i', now)} as "isNotOver",
      i.withdrawn_at is not null as "isWithdrawn",
      (select count(*)::integer from incident_update u where u.customer_id = i.customer_id and u.incident_id = i.id) as updates,
      array(select c.contract_id from incident_contract c where c.customer_id = i.customer_id and c.incident_id = i.id and c.left_at is null) as contracts
    from incident i where ${which}`.execute(tx)
  return new Map(rows.map((former) => [former.id, former]))
}

/** What is to be told of what incidents have become. */
export function tellingsOfAll(
  former: ReadonlyMap<string, Former>,
  latter: ReadonlyMap<string, Former>,
  now: Date,
): Telling[] {
  return [...latter.values()].flatMap((incident) =>
    tellingsOf({ former: former.get(incident.id), latter: incident, now }).map((telling) => ({
      incident: incident.id,
      ...telling,
    })),
  )
}

/** What is to be told of the difference. Of what was over, and of what is over from the beginning, nobody need be told. */
function tellingsOf({
  former,
  latter,
  now,
}: {
  former: Former | undefined
  latter: Former
  now: Date
}): Pick<Telling, 'kind' | 'number'>[] {
  const { kind } = latter
  const begins = { kind: kind === 'works' || latter.startsAt > now ? 'announced' : 'opened', number: 0 } as const
  if (!former) return latter.isNotOver ? [begins] : []
  if (!former.isNotOver) return []
  if (latter.isWithdrawn) return [{ kind: kind === 'works' ? 'cancelled' : 'withdrawn', number: 0 }]
  if (!latter.isNotOver) return kind === 'fault' ? [{ kind: 'ended', number: 0 }] : []
  const isMoved = kind === 'works' && datesOf(former) !== datesOf(latter)
  return [
    // Whoever has been told of it already is not told again.
    ...(hasOthers(latter, former) ? [begins] : []),
    ...(hasOthers(former, latter) ? [{ kind: 'left' as const, number: numberOfLeaving(now) }] : []),
    ...(isMoved ? [{ kind: 'moved' as const, number: numberOf(latter.startsAt, latter.endsAt) }] : []),
    ...(latter.updates > former.updates && !isMoved ? [{ kind: 'update' as const, number: 0 }] : []),
  ]
}

/** Whether it has a contract that the other has not. There may be a hundred thousand. */
function hasOthers({ contracts }: Former, other: Former): boolean {
  const known = new Set(other.contracts)
  return contracts.some((id) => !known.has(id))
}

function datesOf({ startsAt, endsAt }: Former): string {
  return `${startsAt.toISOString()} ${endsAt?.toISOString()}`
}

/** Tells apart when contracts left: in seconds, which `told` and a job count from 2020 on, so that they stay integers. */
function numberOfLeaving(at: Date): number {
  return Math.floor(at.getTime() / seconds) - from2020
}

/** The same of a column, in SQL. */
export function numberOfLeavingIn(column: string): RawBuilder<number> {
  return sql<number>`(floor(extract(epoch from ${sql.ref(column)})) - ${sql.lit(from2020)})::integer`
}

const from2020 = Date.parse('2020-01-01T00:00:00Z') / seconds

/** Tells dates apart: the same again have the same number. */
export function numberOf(startsAt: Date, endsAt: Date | null): number {
  const minutes = (at: Date): number => Math.floor(at.getTime() / 60_000)
  return (minutes(startsAt) * 31 + (endsAt ? minutes(endsAt) : 0)) % 2_000_000_000
}
