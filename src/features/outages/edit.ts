import { sql } from 'kysely'
import type { ToldText } from '#features/incidents/entry.ts'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { IncidentStep } from '#features/incidents/steps.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { OutageEdit, OutageEditor } from './editor.ts'
import { fewCustomers } from './publish.ts'
import { countConcerned } from './reach.ts'
import { changeOutage } from './inner/change.ts'

type Edited<Problem extends string = never> = Outcome<void, 'changed-meanwhile' | Problem>

/** Takes it back, or calls works off; a draft is thrown away. Mails that were sent cannot be called back. */
export async function withdrawOutage(ctx: OutageEditor, edit: OutageEdit): Promise<Edited<'concerns-many'>> {
  const { customers } = await countConcerned(ctx, edit.id)
  return customers > fewCustomers ? refuse('concerns-many') : withdraw(ctx, edit)
}

/** The same, however many customers it concerns. */
export function withdrawFromMany(ctx: Confirmed<OutageEditor>, edit: OutageEdit): Promise<Edited> {
  return withdraw(ctx, edit)
}

function withdraw(ctx: OutageEditor, edit: OutageEdit): Promise<Edited> {
  return changeOutage(ctx, edit, {
    action: 'outage-withdrawn',
    values: { state: 'withdrawn', withdrawn_at: ctx.now, next_affects: null },
    in: ['draft', 'published'],
  })
}

/** 続報, as staff say it now. */
export interface SaidUpdate {
  step: IncidentStep | null
  text: ToldText
  /** When it is expected to end, from now on; absent: as it was. Of works that is when they end. */
  expectedEndAt?: Date | null
  nextUpdateAt: Date | null
  /** The number of the one that it puts right. */
  corrects?: number | undefined
}

/** Says how it goes on; what was said before stays as it was. */
export async function sayOfOutage(
  ctx: OutageEditor,
  edit: OutageEdit,
  { step, text, expectedEndAt, nextUpdateAt, corrects: corrected }: SaidUpdate,
): Promise<Edited<'corrects-none'>> {
  const { tx, now, staff } = ctx
  const corrects = corrected ?? null
  const changed = await changeOutage(ctx, edit, {
    action: 'outage-updated',
    values: {
      ...(step && { step }),
      ...(expectedEndAt !== undefined && { expected_end_at: expectedEndAt }),
      next_update_at: nextUpdateAt,
    },
    in: ['published'],
    also: { textJa: text.ja, ...(text.en !== undefined && { textEn: text.en }) },
  })
  if (!changed.ok) return changed
  const { numAffectedRows } = await sql`
    insert into outage_update (outage_id, number, said_at, step, text_ja, text_en, next_update_at, corrects, said_by)
    select ${edit.id}, coalesce(max(number), 0) + 1, ${now}, ${step}, ${text.ja}, ${text.en ?? null}, ${nextUpdateAt}, ${corrects}::integer,
      ${staff.number}
    from outage_update where outage_id = ${edit.id} having ${corrects}::integer is null or bool_or(number = ${corrects})`.execute(
    tx,
  )
  return numAffectedRows === 1n ? done() : refuse('corrects-none')
}

/** Ends it; why it was may be said then or later, and what was said of that put right. */
export function endOutage(
  ctx: OutageEditor,
  { kind, ...edit }: OutageEdit & { kind: IncidentKind },
  { endsAt, cause }: { endsAt: Date; cause: ToldText | null },
): Promise<Edited> {
  const why = { cause_ja: cause?.ja ?? null, cause_en: cause?.en ?? null }
  const step: IncidentStep = kind === 'fault' ? 'recovered' : 'done'
  return changeOutage(ctx, edit, {
    action: 'outage-ended',
    values: { ends_at: endsAt, step, next_update_at: null, next_affects: null, ...why },
    in: ['published'],
  })
}
