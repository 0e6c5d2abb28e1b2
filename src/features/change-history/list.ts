import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { concernsContract } from './inner/concerns-contract.ts'
import { at, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { RowKey } from '#platform/list/paging.ts'
import { byBigint, byMoment } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { type CustomerSubjectKind, subjectKinds } from './actions.ts'

export type ChangedValues = Readonly<Record<string, string | number | boolean | null>>

export interface ChangeRow {
  id: string
  at: Date
  /** A null id: the operator. */
  actor: { id: string | null; name: string }
  /** As recorded: an older version may have known others than this one. */
  action: string
  /** The id while there is one to be opened. */
  subject: { kind: string; name: string; id: string | null }
  before: ChangedValues | null
  after: ChangedValues | null
}

/** To which the history may be narrowed. */
export interface ChangeScope {
  /** Days in the reader's zone, both included: `2026-11-22`. */
  from?: string | undefined
  to?: string | undefined
  actorId?: string | undefined
  /** What was done to this group. */
  groupId?: string | undefined
  /** What was done to this contract, or to who may see it. */
  contractId?: string | undefined
}

export interface ChangeFilter extends ChangeScope {
  kind?: CustomerSubjectKind | undefined
  terms: readonly string[]
}

/** So many changes are looked at to count them: the page is there at once, however long the history is. */
export const mostLookedAt = 1_000

/** How many changes of the period are listed, and searched: the newest. */
export const mostListed = 10_000

/** By their codes, under which rights are recorded. */
export type ServiceNames = Readonly<Record<string, Phrase>>

interface Beside {
  /** The name of the person it is filtered by. */
  actorName: string | null
  /** Of the group or contract that it is narrowed to. */
  aboutName: string | null
  services: ServiceNames
}

/** Looked up for the rows of the page alone. */
const subjectThere = sql`case r.subject_kind
  when 'user' then (select u.id from portal_user u where u.customer_id = app_customer() and u.id = r.subject_id and u.state <> 'deleted')
  when 'user-group' then (select g.id from user_group g where g.customer_id = app_customer() and g.id = r.subject_id)
  when 'access-review' then (select a.id from access_review a where a.customer_id = app_customer() and a.id = r.subject_id)
  when 'contract' then (select k.id from contract k where k.customer_id = app_customer() and k.id = r.subject_id and k.ended_on is null)
  end`

/** What was changed, the newest first. */
export const changeList = defineList({
  seen: (ctx: Context, scope: ChangeScope) => sql`seen as (
    select h.id, h.at, h.actor_id, h.actor_name, h.action, h.subject_kind, h.subject_id, h.subject_name, h.before, h.after
    from change_history h where ${isWithin(ctx, scope)} order by h.at desc, h.id desc limit ${sql.lit(mostListed)})`,
  row: jsonRow<ChangeRow>({
    id: value(sql`r.id::text`),
    at: at('r.at'),
    actor: jsonRow({ id: value('r.actor_id'), name: value('r.actor_name') }),
    action: value('r.action'),
    subject: jsonRow({ kind: value('r.subject_kind'), name: value('r.subject_name'), id: value(subjectThere) }),
    before: value('r.before'),
    after: value('r.after'),
  }),
  search: (terms) => holdsChange(terms, 'r'),
  facets: { kind: { values: subjectKinds, column: 'r.subject_kind' } },
  most: mostLookedAt,
  sortedBy: { at: descending(byMoment('r.at')) },
  last: [byBigint('r.id')],
  beside: ({ actor }: Context, { actorId, groupId, contractId }: ChangeScope) =>
    jsonRow<Beside>({
      actorName: value(
        sql`(select name from portal_user where customer_id = ${actor.customer.id} and id = ${actorId ?? null}::uuid)`,
      ),
      aboutName: value(sql`coalesce(
        (select name from user_group where customer_id = ${actor.customer.id} and id = ${groupId ?? null}::uuid),
        (select number from contract where customer_id = ${actor.customer.id} and id = ${contractId ?? null}::uuid))`),
      services: value(serviceNames),
    }),
})

const serviceNames = sql<ServiceNames>`(
  select coalesce(json_object_agg(code, ${phrase('name').json}), '{}') from service)`

export async function findServiceNames({ tx }: Context): Promise<ServiceNames> {
  const { rows } = await sql<{ names: ServiceNames }>`select ${serviceNames} as names`.execute(tx)
  return rows[0]?.names ?? {}
}

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
  const [lastAt, lastId] = edge ?? []
  const after = edge ? sql`(h.at, h.id) < (${lastAt}::timestamptz, ${lastId}::bigint)` : sql`true`
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

function isWithin({ actor }: Context, { from, to, actorId, groupId, contractId }: ChangeScope): RawBuilder<boolean> {
  const zone = actor.timeZone
  return sql<boolean>`h.customer_id = ${actor.customer.id}
    and ${from ? sql`h.at >= (${from}::date)::timestamp at time zone ${zone}` : sql`true`}
    and ${to ? sql`h.at < (${to}::date + 1)::timestamp at time zone ${zone}` : sql`true`}
    and ${actorId ? sql`h.actor_id = ${actorId}` : sql`true`}
    and ${groupId ? sql`h.subject_id = ${groupId}` : sql`true`}
    and ${contractId ? concernsContract(actor, contractId) : sql`true`}`
}

/** Searches names and values; the words by which a page shows these are not known here. */
function holdsChange(terms: readonly string[], alias: string): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  return holdsTerms(terms, [`${alias}.subject_name`, `${alias}.actor_name`, `${alias}.before`, `${alias}.after`])
}
