import { sql } from 'kysely'
import type { UpdateEntry } from '#features/incidents/entry.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Affects } from './affects.ts'

/** An outage as it is, for whoever changes it: the version is that of the row it was made from. */
export interface OutageEdit {
  id: string
  version: number
}

type Edited = Outcome<undefined, 'changed-meanwhile'>

/** Tells the customers of it, from now on. It comes to them by the worker, for staff write for one customer at a time. */
export function publishOutage(ctx: OperatorContext, edit: OutageEdit): Promise<Edited> {
  return change(ctx, edit, { state: 'published' })
}

/** Takes it back, or calls works off. Mails that were sent cannot be called back. */
export function withdrawOutage(ctx: OperatorContext, edit: OutageEdit): Promise<Edited> {
  return change(ctx, edit, { state: 'withdrawn', withdrawn_at: ctx.now })
}

/** Widens or narrows it. */
export function setAffects(ctx: OperatorContext, edit: OutageEdit, affects: Affects): Promise<Edited> {
  return change(ctx, edit, { affects: JSON.stringify(affects) })
}

/** Says how it goes on; what was said before stays as it was. `by` is the number of whoever says it. */
export async function sayOfOutage(
  ctx: OperatorContext,
  edit: OutageEdit,
  { by, ...said }: Omit<UpdateEntry, 'at'> & { by: string },
): Promise<Edited> {
  const { step, text, nextUpdateAt = null, corrects = null } = said
  const changed = await change(ctx, edit, { ...(step && { step }), next_update_at: nextUpdateAt })
  if (!changed.ok) return changed
  await sql`
    insert into outage_update (outage_id, number, said_at, step, text_ja, text_en, next_update_at, corrects, said_by)
    select ${edit.id}, coalesce(max(number), 0) + 1, ${ctx.now}, ${step ?? null}, ${text.ja}, ${text.en ?? null}, ${nextUpdateAt}, ${corrects}, ${by}
    from outage_update where outage_id = ${edit.id}`.execute(ctx.tx)
  return changed
}

/** Ends it; why it was may be said then or later. */
export function endOutage(
  ctx: OperatorContext,
  edit: OutageEdit,
  { endsAt, cause }: { endsAt: Date; cause?: { ja: string; en?: string } | undefined },
): Promise<Edited> {
  const why = cause && { cause_ja: cause.ja, cause_en: cause.en ?? null }
  return change(ctx, edit, { ends_at: endsAt, next_update_at: null, ...why })
}

async function change(
  { tx, now }: OperatorContext,
  { id, version }: OutageEdit,
  values: Record<string, unknown>,
): Promise<Edited> {
  const changed = await tx
    .updateTable('outage')
    .set({ ...values, updated_at: now })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '!=', 'withdrawn')
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  await sql`select enqueue_outage(${id})`.execute(tx)
  return done(undefined)
}
