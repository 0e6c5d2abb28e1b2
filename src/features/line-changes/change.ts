import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { countFindings } from '#features/line-checks/findings.ts'
import type { Line, LineContext, LineWriter } from '#features/lines/open.ts'
import { inOrder, withSavepoint } from '#platform/database/database.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'
import type { LineAction, Origin } from './actions.ts'

/** What somebody does to the settings of a line in one step. */
export interface LineChange {
  action: LineAction
  /** What it is about, as people call it now: `6000 代表グループ`. Of several things none. */
  subject?: string
  /** Unless told, a page. */
  origin?: Origin
  /** The change that it takes back. */
  undoes?: number
}

declare const underWay: unique symbol

/** Of a context, that of a change under way. */
export type Changing<Ctx> = Ctx & { readonly [underWay]: true }

/** The context of a change under way: what everything takes that writes settings. The database takes none outside of one. */
export type ChangingLine = Changing<LineContext>

export interface Changed<Value> {
  value: Value
  /** Undefined: nothing has become another, and no change is kept. */
  changeId: number | undefined
}

type Work<Ctx, Value, Code extends string> = (ctx: Changing<Ctx>) => Promise<Outcome<Value, Code>>

/**
 * Does the work as one change, which keeps the rows that it changes. Changes of one line are made one after another: what the
 * work has looked at stays so until the commit. What it refuses is undone by whoever called, as every refusal is.
 */
export async function changeLine<Ctx extends LineWriter, Value, Code extends string>(
  ctx: Ctx,
  change: LineChange,
  work: Work<Ctx, Value, Code>,
): Promise<Outcome<Changed<Value>, Code | 'may-not-edit'>> {
  const begun = await begin(ctx)
  if (!begun.ok) return begun
  const { id, changing } = begun.value
  const worked = await work(changing)
  if (!worked.ok) return worked
  return done({ value: worked.value, changeId: await finish(changing, id, change) })
}

/** Does the work as a change, asks what it would lead to, and takes it back: nothing is left of it. */
export async function tryChange<Seen, Code extends string>(
  ctx: LineContext,
  work: Work<LineContext, unknown, Code>,
  ask: (ctx: ChangingLine) => Promise<Seen>,
): Promise<Outcome<Seen, Code | 'may-not-edit'>> {
  const tried = async (): Promise<Outcome<Seen, Code | 'may-not-edit'>> => {
    const begun = await begin(ctx)
    if (!begun.ok) return begun
    const worked = await work(begun.value.changing)
    return worked.ok ? done(await ask(begun.value.changing)) : worked
  }
  return withSavepoint(ctx.tx, tried, () => true)
}

async function begin<Ctx extends LineWriter>(
  ctx: Ctx,
): Promise<{ ok: true; value: { id: number; changing: Changing<Ctx> } } | Refusal<'may-not-edit'>> {
  const { tx, actor, contract } = ctx
  if (!contract.mayEdit) return refuse('may-not-edit')
  // Drawn by whoever holds the line, so that the numbers of its changes are in the order of their commits.
  const [counted, drawn] = await inOrder(
    tx,
    () =>
      sql<Pick<Line, 'extensions' | 'callGroups'>>`
      select extensions, call_groups as "callGroups" from pbx.line
      where customer_id = ${actor.customer.id} and contract_id = ${contract.id} for no key update`.execute(tx),
    () => sql<{ id: string }>`select set_config('pbx.change', nextval('pbx.change_id')::text, true) as id`.execute(tx),
  )
  const [line] = counted.rows
  // It has gone to another customer since it was opened.
  if (!line) return refuse('may-not-edit')
  const id = Number(only(drawn.rows).id)
  const held = { ...ctx, line: { ...ctx.line, ...line } }
  // Here alone a change begins.
  return { ok: true, value: { id, changing: held as Changing<Ctx> } }
}

/** Writes the change that the rows belong to; what has changed none is no change. */
async function finish(ctx: Changing<LineWriter>, id: number, change: LineChange): Promise<number | undefined> {
  const { tx, now, actor, contract } = ctx
  const { action, subject = '', undoes = null } = change
  const origin = change.origin ?? (undoes === null ? 'form' : 'undo')
  const whose = sql`customer_id = ${actor.customer.id} and contract_id = ${contract.id}`
  const { rows } = await sql<{ sha256: string }>`
    with kept as (
      select encode(sha256(convert_to(string_agg(concat_ws(' ', relation, coalesce(before::text, '-'), coalesce(after::text, '-')), E'\n' order by place), 'UTF8')), 'hex') as sha256
      from pbx.changed_row where ${whose} and change_id = ${id}
    ), written as (
      insert into pbx.change (customer_id, contract_id, id, at, actor_id, actor_name, action, subject, origin, undoes)
      select ${actor.customer.id}, ${contract.id}, ${id}, ${now}, ${actor.userId}, ${actor.name}, ${action}, ${subject},
        ${origin}, ${undoes}::bigint
      from kept where sha256 is not null
    )
    select sha256, set_config('pbx.change', '', true) from kept where sha256 is not null`.execute(tx)
  const [kept] = rows
  if (!kept) return undefined
  await Promise.all([
    sql`update pbx.line l set attention = found.n from (${countFindings(ctx)}) found (n)
      where l.customer_id = ${actor.customer.id} and l.contract_id = ${contract.id} and l.attention <> found.n`.execute(
      tx,
    ),
    // The sealed history covers what was changed by its hash.
    recordChange(ctx, {
      action: 'line-settings-changed',
      subject: { kind: 'contract', id: contract.id, name: contract.number },
      after: { change: id, action, about: subject, sha256: kept.sha256 },
    }),
  ])
  return id
}
