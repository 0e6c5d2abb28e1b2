import { sql } from 'kysely'
import type { ChangeAction } from '#features/change-history/actions.ts'
import { recordChange } from '#features/change-history/record.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { OutageEdit, OutageEditor } from '../editor.ts'
import type { OutageState } from '../outage.ts'

/** What the history of the house tells of an outage, by its columns. */
const told = {
  kind: 'kind',
  title_ja: 'titleJa',
  title_en: 'titleEn',
  step: 'step',
  starts_at: 'startsAt',
  ends_at: 'endsAt',
  expected_end_at: 'expectedEndAt',
  next_update_at: 'nextUpdateAt',
  cause_ja: 'causeJa',
  cause_en: 'causeEn',
  state: 'state',
} as const
type Told = keyof typeof told

interface OutageChange {
  action: ChangeAction
  /** By column. */
  values: Record<string, unknown>
  /** In which of its states it can be done. */
  in: readonly OutageState[]
  /** What the history tells beside the columns. */
  also?: Record<string, string>
}

/** Changes an outage that is as whoever changes it has read it, says so in the history, and has the worker spread it. */
export async function changeOutage(
  { tx, now, actor }: OutageEditor,
  { id, version }: OutageEdit,
  { action, values, in: states, also }: OutageChange,
): Promise<Outcome<void, 'changed-meanwhile'>> {
  const former = await tx
    .selectFrom('outage')
    .select(['code', ...namesOf(told)])
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', 'in', states)
    .forUpdate()
    .executeTakeFirst()
  if (!former) return refuse('changed-meanwhile')
  const { state } = await tx
    .updateTable('outage')
    .set({ ...values, updated_at: now })
    .where('id', '=', id)
    .returning('state')
    .executeTakeFirstOrThrow()
  const columns = namesOf(told).filter((column) => column in values)
  await recordChange(
    { tx, now, actor },
    {
      action,
      subject: { kind: 'outage', id, name: former.code },
      before: Object.fromEntries(columns.map((column) => [told[column], textOf(former[column])])),
      after: { ...Object.fromEntries(columns.map((column) => [told[column], textOf(values[column])])), ...also },
    },
  )
  if (state !== 'draft') await sql`select enqueue_outage(${id})`.execute(tx)
  return done()
}

function namesOf(of: Record<Told, unknown>): Told[] {
  // Object.keys of a complete record.
  return Object.keys(of) as Told[]
}

/** Of a column that is text or a moment. */
function textOf(value: unknown): string | null {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? value : null
}
