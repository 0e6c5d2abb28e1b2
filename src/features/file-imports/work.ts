import { sql } from 'kysely'
import type { Database, Transaction } from '#platform/database/database.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import type { ImportKind } from './find.ts'
import { openPlan, type Owner } from './inner/sealed-plan.ts'

// What the worker asks of a file that is to be done, and says of it. With the operator's role.

/** Whether it is to be done: it may have been taken up before, and broken off. */
export async function takeUp(database: Database, id: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    const taken = await tx
      .updateTable('file_import')
      .set({ state: 'running', done: 0 })
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .returning('id')
      .executeTakeFirst()
    return taken !== undefined
  })
}

/** What is to be done, and in whose name. */
export interface Work extends Owner {
  kind: ImportKind
  authorName: string
  sendsNotices: boolean
  plan: unknown
}

export async function readWork({ tx, secrets }: { tx: Transaction; secrets: Secrets }, id: string): Promise<Work> {
  const { plan, ...work } = await tx
    .selectFrom('file_import as i')
    .innerJoin('portal_user as u', (on) =>
      on.onRef('u.customer_id', '=', 'i.customer_id').onRef('u.id', '=', 'i.author_id'),
    )
    .where('i.id', '=', id)
    .select([
      'i.customer_id as customerId',
      'i.author_id as authorId',
      'i.contract_id as contractId',
      'i.plan',
      'i.sends_notices as sendsNotices',
      'u.name as authorName',
    ])
    // The table's own condition.
    .select(sql<ImportKind>`i.kind`.as('kind'))
    .executeTakeFirstOrThrow()
  if (!plan) throw new Error('What is to be done was erased')
  return { ...work, plan: openPlan(secrets, work, plan) }
}

/** In a transaction of its own, to be seen while the work goes on. */
export async function noteProgress(database: Database, id: string, rows: number): Promise<void> {
  await database.transaction((tx) =>
    tx
      .updateTable('file_import')
      .set({ done: sql`done + ${rows}` })
      .where('id', '=', id)
      .execute(),
  )
}

/** What became of a file. */
export interface Ending {
  state: 'applied' | 'refused'
  /** Why it was refused; none otherwise. */
  faults: readonly unknown[]
  changeId?: number | undefined
}

/** In the transaction of the work; what was to be done is erased. */
export async function noteEnd(
  { tx, now }: { tx: Transaction; now: Date },
  id: string,
  { state, faults, changeId }: Ending,
): Promise<void> {
  await tx
    .updateTable('file_import')
    .set({
      state,
      faults: JSON.stringify(faults),
      plan: null,
      finished_at: now,
      ...(changeId !== undefined && { change_id: changeId }),
    })
    .where('id', '=', id)
    .execute()
}
