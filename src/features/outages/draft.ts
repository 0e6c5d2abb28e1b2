import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import type { IncidentKind } from '#features/incidents/incident.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Phrase } from '#platform/words.ts'
import type { OutageEdit, OutageEditor } from './editor.ts'
import { changeOutage } from './inner/change.ts'
import { findTakenCodes } from './inner/misfits.ts'
import type { Outage } from './outage.ts'

/** What an outage is, beside what it affects and what was said of it. */
export interface OutageFacts {
  kind: IncidentKind
  title: Phrase
  startsAt: Date
  /** Of works when they end, of a fault when it is expected to. */
  until: Date | null
  nextUpdateAt: Date | null
}

/** A code that no outage has: the day, and the next number of it. Whoever has codes of their own types another. */
export async function suggestCode({ tx, now }: Pick<OutageEditor, 'tx' | 'now'>, zone: string): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    with day as (select to_char(${now}::timestamptz at time zone ${zone}, 'YYYYMMDD') as day)
    select d.day || '-' || lpad((1 + coalesce(max(substring(o.code from 10)::integer), 0))::text, 2, '0') as code
    from day d left join outage o on o.code ~ ('^' || d.day || '-[0-9]{1,6}$') group by d.day`.execute(tx)
  return rows[0]?.code ?? ''
}

/** Begins an outage that nobody is told of yet. */
export async function createOutage(
  ctx: OutageEditor,
  { code, ...facts }: OutageFacts & { code: string },
): Promise<Outcome<string, 'code-taken'>> {
  const { tx, now, actor, staff } = ctx
  if ((await findTakenCodes(ctx, [{ code }])).length > 0) return refuse('code-taken')
  const made = await tx
    .insertInto('outage')
    .values({ code, kind: facts.kind, ...columnsOf(facts), affects: '{}', updated_at: now, made_by: staff.number })
    .onConflict((clash) => clash.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuse('code-taken')
  await recordChange(
    { tx, now, actor },
    {
      action: 'outage-drafted',
      subject: { kind: 'outage', id: made.id, name: code },
      after: { titleJa: facts.title.ja, titleEn: facts.title.en },
    },
  )
  return done(made.id)
}

/** Changes what it is; its kind as long as nobody was told of it. */
export function editOutage(
  ctx: OutageEditor,
  { state, ...edit }: OutageEdit & Pick<Outage, 'state'>,
  facts: OutageFacts,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const kind = state === 'draft' && { kind: facts.kind, ...(facts.kind === 'fault' && { ends_at: null }) }
  return changeOutage(ctx, edit, { action: 'outage-edited', values: { ...columnsOf(facts), ...kind }, in: [state] })
}

function columnsOf({ kind, title, startsAt, until, nextUpdateAt }: OutageFacts) {
  return {
    title_ja: title.ja,
    title_en: title.en,
    starts_at: startsAt,
    next_update_at: nextUpdateAt,
    // The end of a fault is said when it is over, by itself.
    ...(kind === 'works' ? { ends_at: until, expected_end_at: null } : { expected_end_at: until }),
  }
}
