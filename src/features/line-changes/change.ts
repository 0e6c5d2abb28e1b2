import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { keepFindings } from '#features/line-checks/keep.ts'
import type { LineContext, LineWriter } from '#features/lines/open.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { begin, type Changing, type LineChange } from './inner/begin.ts'
import type { ChangedRow } from './inner/relations.ts'
import { keepReservation, readKept } from './inner/reserve.ts'

export type { Changing }

/** The context of a change under way: what everything takes that writes settings. The database takes none outside of one. */
export type ChangingLine = Changing<LineContext>

declare const isTry: unique symbol
/** The same where all of it is taken back: what may be assumed in a try is never kept. */
export type TryingLine = ChangingLine & { readonly [isTry]: true }

export interface Changed<Value> {
  value: Value
  /** Undefined: nothing has become another, and no change is kept. */
  changeId: number | undefined
  /** What was done is to be done at its moment only: now nothing has changed, and what the value names is not there yet. */
  reservationId?: string | undefined
}

type Work<Ctx, Value, Code extends string> = (ctx: Changing<Ctx>) => Promise<Outcome<Value, Code>>

/**
 * Does the work as one change, which keeps the rows that it changes. Changes of one line are made one after another: what the
 * work has looked at stays so until the commit. What it refuses is undone by whoever called, as every refusal is. Where the context
 * names a moment, the work is tried, and what it would change is kept for then.
 */
export async function changeLine<Ctx extends LineWriter & { due?: Date }, Value, Code extends string>(
  ctx: Ctx,
  change: LineChange,
  work: Work<Ctx, Value, Code>,
): Promise<Outcome<Changed<Value>, Code | 'may-not-edit'>> {
  const { due } = ctx
  if (due) return reserve({ ...ctx, due }, change, work)
  const begun = await begin(ctx)
  if (!begun.ok) return begun
  const { id, changing } = begun.value
  const worked = await work(changing)
  if (!worked.ok) return worked
  return done({ value: worked.value, changeId: await finish(changing, id, change) })
}

async function reserve<Ctx extends LineWriter, Value, Code extends string>(
  ctx: Ctx & { due: Date },
  change: LineChange,
  work: Work<Ctx, Value, Code>,
): Promise<Outcome<Changed<Value>, Code | 'may-not-edit'>> {
  const tried = await attempt<Ctx, Value, Code, { value: Value; kept: ChangedRow[] }>(
    ctx,
    work,
    async (changing, { id, value }) => ({ value, kept: await readKept(changing, id) }),
  )
  if (!tried.ok) return tried
  const { value, kept } = tried.value
  return done({ value, changeId: undefined, reservationId: await keepReservation(ctx, change, kept) })
}

/** Does the work as a change, asks what it would lead to, and takes it back: nothing is left of it. */
export async function tryChange<Seen, Code extends string>(
  ctx: LineContext,
  work: (ctx: TryingLine) => Promise<Outcome<unknown, Code>>,
  ask: (ctx: ChangingLine) => Promise<Seen>,
): Promise<Outcome<Seen, Code | 'may-not-edit'>> {
  // Here alone a try begins.
  return attempt<LineContext, unknown, Code, Seen>(ctx, (changing) => work(changing as TryingLine), ask)
}

async function attempt<Ctx extends LineWriter, Value, Code extends string, Seen>(
  ctx: Ctx,
  work: Work<Ctx, Value, Code>,
  ask: (ctx: Changing<Ctx>, worked: { id: number; value: Value }) => Promise<Seen>,
): Promise<Outcome<Seen, Code | 'may-not-edit'>> {
  const doIt = async (): Promise<Outcome<Seen, Code | 'may-not-edit'>> => {
    const begun = await begin(ctx)
    if (!begun.ok) return begun
    const { id, changing } = begun.value
    const worked = await work(changing)
    return worked.ok ? done(await ask(changing, { id, value: worked.value })) : worked
  }
  return withSavepoint(ctx.tx, doIt, () => true)
}

/** Writes the change that the rows belong to; what has changed none is no change. */
async function finish(ctx: Changing<LineWriter>, id: number, change: LineChange): Promise<number | undefined> {
  const { tx, now, actor, contract } = ctx
  const { action, subject = '', undoes = null, origin = undoes === null ? 'form' : 'undo' } = change
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
    keepFindings(ctx).execute(tx),
    // The sealed history covers what was changed by its hash.
    recordChange(ctx, {
      action: 'line-settings-changed',
      subject: { kind: 'contract', id: contract.id, name: contract.number },
      after: { change: id, action, about: subject, sha256: kept.sha256 },
    }),
  ])
  return id
}
