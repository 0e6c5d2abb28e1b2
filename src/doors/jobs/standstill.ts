import { setTimeout as wait } from 'node:timers/promises'
import { findStandstill } from '#features/jobs/pulse.ts'
import type { Database } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import { seconds } from '#platform/time/duration.ts'

export interface Watched {
  operator: Database
  log: Log
  now: () => Date
  /** Called at each look while no job is done. */
  onStandstill: (since: Date) => void
  /** Between two looks, in milliseconds. */
  lookEvery?: number
}

/** A pulse that comes late is there at the next look. */
const looksInVain = 2

/** Looks again and again whether jobs are done, by any worker, and says in the log when they are not. Answers what ends it. */
export function watchForStandstill({
  operator,
  log,
  now,
  onStandstill,
  lookEvery = 10 * seconds,
}: Watched): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const begun = now()
  const keep = async (): Promise<void> => {
    for (let vain = 0; !signal.aborted; await wait(lookEvery, undefined, { signal }).catch(() => undefined)) {
      const since = await operator
        .transaction((tx) => findStandstill(tx, { now: now(), begun }))
        .catch(() => 'unknown' as const)
      // That the database is away, others say.
      if (since === 'unknown') continue
      if (!since && vain >= looksInVain) log.info({ part: 'worker' }, 'jobs are done again')
      vain = since ? vain + 1 : 0
      if (!since || vain < looksInVain) continue
      if (vain === looksInVain) log.error({ part: 'worker', since }, 'no job is done any longer')
      onStandstill(since)
    }
  }
  void keep()
  return () => ending.abort()
}
