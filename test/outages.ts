import { refreshContractStatus } from '#features/contracts/refresh-status.ts'
import { houseId } from '#features/house.ts'
import type { OutageEditor } from '#features/outages/editor.ts'
import { spreadOutage } from '#features/outages/spread.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { TestDatabase } from './database.ts'
import { superuserOf } from './superuser.ts'

/** Somebody who writes outages, for what is tried without the console. */
export function editorOf(tx: Transaction, now: Date): OutageEditor {
  return { tx, now, actor: { customer: { id: houseId }, userId: null, name: '' }, staff: { number: 'S-0001' } }
}

/** Does what waits for the worker: every outage that was changed comes to its customers. Answers how many there were. */
export async function spreadAll(database: TestDatabase, now: Date): Promise<number> {
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ outage: string }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = 'spread-outage' returning j.payload ->> 'outage' as outage`,
  )
  await admin.end()
  for (const { outage } of rows) await database.operator.transaction((tx) => spreadOutage({ tx, now }, outage))
  await database.operator.transaction((tx) => refreshContractStatus(tx, now))
  return rows.length
}
