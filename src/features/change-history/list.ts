import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { bigintPart, instantOf, numberPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import { type SubjectKind, subjectKinds } from './actions.ts'

export type ChangedValues = Readonly<Record<string, string | number | boolean | null>>

export interface ChangeRow {
  id: string
  at: Date
  /** A null id: the operator. */
  actor: { id: string | null; name: string }
  /** As recorded: an older version may have known others than this one. */
  action: string
  subject: { kind: string; name: string }
  before: ChangedValues | null
  after: ChangedValues | null
}

export interface ChangeFilter {
  /** Days in the reader's zone, both included: `2026-11-22`. */
  from?: string | undefined
  to?: string | undefined
  actorId?: string | undefined
  kind?: SubjectKind | undefined
  terms: readonly string[]
}

/** How many changes of the period a page looks at, the newest: it is there at once, however long the history is. */
export const mostLookedAt = 10_000

/** By their codes, under which rights are recorded. */
export type ServiceNames = Readonly<Record<string, Phrase>>

interface Beside {
  /** The name of the person it is filtered by. */
  actorName: string | null
  services: ServiceNames
}

export type ChangeList = ListedRows<ChangeRow, SubjectKind> & Beside

type RowJson = Omit<ChangeRow, 'at'> & { at: string }

/** What was changed, the newest first. */
export async function listChanges(ctx: Context, filter: ChangeFilter, place: Place): Promise<ChangeList> {
  const { terms, kind, actorId = null } = filter
  const { beside, rows, ...list } = await readShortList(ctx.tx, {
    seen: sql`seen as (
      select h.id, h.at, h.actor_id, h.actor_name, h.action, h.subject_kind, h.subject_name, h.before, h.after
      from change_history h where ${isWithin(ctx, filter)} order by h.at desc, h.id desc limit ${sql.lit(mostLookedAt)})`,
    row: sql<RowJson>`json_build_object('id', r.id::text, 'at', r.at, 'actor', json_build_object('id', r.actor_id, 'name', r.actor_name),
      'action', r.action, 'subject', json_build_object('kind', r.subject_kind, 'name', r.subject_name), 'before', r.before, 'after', r.after)`,
    within: sql`true`,
    matching: holdsChange(terms, 'r'),
    kind: sql<SubjectKind>`r.subject_kind`,
    kinds: kind ? [kind] : subjectKinds,
    order: { columns: [instantOf('r.at'), sql`r.id`], descending: true },
    place,
    beside: sql<Beside>`json_build_object('services', ${serviceNames}, 'actorName', (
      select name from portal_user where customer_id = ${ctx.actor.customer.id} and id = ${actorId}::uuid))`,
  })
  const read = rows.map(({ row, key }) => ({ row: { ...row, at: new Date(row.at) }, key }))
  return { ...list, ...beside, rows: read }
}

const serviceNames = sql<ServiceNames>`(
  select coalesce(json_object_agg(code, json_build_object('ja', name_ja, 'en', name_en)), '{}') from service)`

export async function findServiceNames({ tx }: Context): Promise<ServiceNames> {
  const { rows } = await sql<{ names: ServiceNames }>`select ${serviceNames} as names`.execute(tx)
  return rows[0]?.names ?? {}
}

/** Checks the key of a row. */
export const changeKey: z.ZodType<RowKey> = z.tuple([numberPart, bigintPart])

/** What is hashed of a change (see docs/security.md), each part as text, and its hash in hexadecimal. */
export const recordColumns = [
  'customer',
  'sequence',
  'id',
  'at',
  'actorId',
  'actorName',
  'action',
  'subjectKind',
  'subjectId',
  'subjectName',
  'before',
  'after',
  'hash',
] as const

type Sometimes = 'sequence' | 'actorId' | 'subjectId' | 'before' | 'after' | 'hash'
export type ChangeRecord = Record<Exclude<(typeof recordColumns)[number], Sometimes>, string> &
  Record<Sometimes, string | null>

/** The next of all that are asked for, after this edge, and where to go on. Each call looks at a bounded part. */
export async function readChanges(
  ctx: Context,
  filter: ChangeFilter,
  edge: RowKey | undefined,
): Promise<{ rows: ChangeRecord[]; edge: RowKey | undefined }> {
  const [at, id] = edge ?? []
  const after = edge ? sql`(h.at, h.id) < (${at}::timestamptz, ${id}::bigint)` : sql`true`
  const { rows } = await sql<ChangeRecord & { exactAt: string; isAsked: boolean }>`
    select h.customer_id::text as customer, h.sequence::text, h.id::text, h.at::text as "exactAt",
      to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, h.actor_id::text as "actorId", h.actor_name as "actorName",
      h.action, h.subject_kind as "subjectKind", h.subject_id::text as "subjectId", h.subject_name as "subjectName",
      h.before::text, h.after::text, encode(h.hash, 'hex') as hash,
      ${holdsChange(filter.terms, 'h')} and ${filter.kind ? sql`h.subject_kind = ${filter.kind}` : sql`true`} as "isAsked"
    from change_history h where ${isWithin(ctx, filter)} and ${after}
    order by h.at desc, h.id desc limit ${sql.lit(recordsAtOnce)}`.execute(ctx.tx)
  const last = rows.length === recordsAtOnce ? rows.at(-1) : undefined
  return { rows: rows.filter(({ isAsked }) => isAsked), edge: last && [last.exactAt, last.id] }
}

const recordsAtOnce = 2000

function isWithin({ actor }: Context, { from, to, actorId }: ChangeFilter): RawBuilder<boolean> {
  const zone = actor.timeZone
  return sql<boolean>`h.customer_id = ${actor.customer.id}
    and ${from ? sql`h.at >= (${from}::date)::timestamp at time zone ${zone}` : sql`true`}
    and ${to ? sql`h.at < (${to}::date + 1)::timestamp at time zone ${zone}` : sql`true`}
    and ${actorId ? sql`h.actor_id = ${actorId}` : sql`true`}`
}

/** Searches names and values; the words by which a page shows these are not known here. */
function holdsChange(terms: readonly string[], alias: string): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  return holdsTerms(terms, [`${alias}.subject_name`, `${alias}.actor_name`, `${alias}.before`, `${alias}.after`])
}
