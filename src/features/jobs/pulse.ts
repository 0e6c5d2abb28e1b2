import type { Transaction } from '#platform/database/database.ts'
import { after, minutes } from '#platform/time/duration.ts'

/** The pulse comes each minute: what is older has missed a beat. */
const patience = 2 * minutes

/** Notes that jobs are done: itself one, of each minute. With the operator's role. */
export async function notePulse(tx: Transaction, now: Date): Promise<void> {
  await tx.updateTable('job_pulse').set({ at: now }).execute()
}

export interface Watch {
  now: Date
  /** Since when somebody looks: a worker that begins with its watcher has to come to its first pulse. */
  begun: Date
}

/** When a job was last done, if that is too long ago: no worker works. Undefined: all is well. */
export async function findStandstill(tx: Transaction, { now, begun }: Watch): Promise<Date | undefined> {
  const { at } = await tx.selectFrom('job_pulse').select('at').executeTakeFirstOrThrow()
  const missedSince = after(now, -patience)
  return at < missedSince && begun < missedSince ? at : undefined
}
