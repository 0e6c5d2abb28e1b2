import { sql } from 'kysely'
import type { Confirmed } from '#platform/context.ts'
import { type Outcome, refuse } from '#platform/outcome.ts'
import { type Affects, summaryOf } from './affects.ts'
import type { OutageEdit, OutageEditor } from './editor.ts'
import { changeOutage } from './inner/change.ts'
import { findTakenCodes } from './inner/misfits.ts'
import { findExtent } from './reach.ts'

/** Who touches more customers shows the second factor first. */
export const fewCustomers = 100

type Published = Outcome<void, 'changed-meanwhile' | 'concerns-nobody' | 'concerns-many' | 'code-taken'>

/** Tells the customers of it from now on, or of what it affects from now on. It comes to them by the worker, for staff write for one customer at a time. */
export function publishOutage(ctx: OutageEditor, edit: OutageEdit): Promise<Published> {
  return publish(ctx, edit, fewCustomers)
}

/** The same, however many customers it touches. */
export function publishToMany(ctx: Confirmed<OutageEditor>, edit: OutageEdit): Promise<Published> {
  return publish(ctx, edit, Infinity)
}

async function publish(ctx: OutageEditor, edit: OutageEdit, mostCustomers: number): Promise<Published> {
  const found = await lockDue(ctx, edit)
  if (!found) return refuse('changed-meanwhile')
  const { code, affects } = found
  const { contracts, touched } = await findExtent(ctx, { id: edit.id, affects })
  if (contracts === 0) return refuse('concerns-nobody')
  if (touched > mostCustomers) return refuse('concerns-many')
  // A customer may have got a fault of its own under this code meanwhile.
  if ((await findTakenCodes(ctx, [{ code }])).length > 0) return refuse('code-taken')
  return changeOutage(ctx, edit, {
    action: 'outage-published',
    values: { state: 'published', affects: JSON.stringify(affects), next_affects: null },
    in: ['draft', 'published'],
    also: { affects: summaryOf(affects) },
  })
}

/** What is to be published: a draft, or what is to be affected next. */
async function lockDue(
  { tx }: OutageEditor,
  { id, version }: OutageEdit,
): Promise<{ code: string; affects: Affects } | undefined> {
  const { rows } = await sql<{ code: string; affects: Affects }>`
    select code, coalesce(next_affects, affects) as affects from outage
    where id = ${id} and version = ${version} and (state = 'draft' or (state = 'published' and next_affects is not null)) for update`.execute(
    tx,
  )
  return rows[0]
}
