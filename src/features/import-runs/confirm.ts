import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { houseId } from '#features/house.ts'
import type { StaffContext } from '#features/staff/context.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { ImportRun } from './find.ts'
import { endsMany } from './run.ts'

/**
 * Has the worker apply a file that was tried, the very same bytes, within the hour. A file that ends many contracts is applied only
 * where that was said, too. Stands in the house's history.
 */
export async function confirmRun(
  ctx: Confirmed<StaffContext>,
  run: ImportRun,
  { endsConfirmed }: { endsConfirmed: boolean },
): Promise<Outcome<void, 'too-late' | 'ends-many'>> {
  const { tx, now, actor, staff } = ctx
  if (endsMany(run) && !endsConfirmed) return refuse('ends-many')
  const { rows } = await sql`
    update import_run set state = 'queued', confirmed_by = ${staff.number}, ends_confirmed = ${endsConfirmed}
    where id = ${run.id} and state = 'tried' and expires_at > ${now} returning id`.execute(tx)
  if (rows.length === 0) return refuse('too-late')
  await recordChange(
    { tx, now, actor: { ...actor, customer: { id: houseId } } },
    {
      action: 'import-confirmed',
      subject: { kind: 'import', id: run.id, name: run.name },
      after: { sha256: run.sha256, ends: run.ends },
    },
  )
  await sql`select enqueue_import_run(${run.id})`.execute(tx)
  return done()
}
