import { setTimeout as wait } from 'node:timers/promises'
import type { Runner } from 'graphile-worker'
import { unavailable } from '#platform/database/faults.ts'
import { seconds } from '#platform/time/duration.ts'

const pause = 1 * seconds

/**
 * Keeps the queue at work. Its runner ends by itself when it cannot write down what became of a job: while the database
 * cannot be reached, or has no room, another is begun until it goes well, and any other end is a loss. Answers what stops it.
 */
export async function keepRunning(
  begin: () => Promise<Runner>,
  onLost: (reason: string) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController()
  const { signal } = stopping
  let runner = await begin()
  const another = async (): Promise<unknown> => {
    await wait(pause, undefined, { signal })
    runner = await begin()
    if (signal.aborted) await runner.stop()
    return endOf(runner)
  }
  const keep = async (): Promise<void> => {
    let problem = await endOf(runner)
    while (!signal.aborted && unavailable(problem)) problem = await another().catch((error: unknown) => error)
    if (!signal.aborted) onLost(`the worker has ended by itself: ${String(problem)}`)
  }
  const kept = keep()
  return async () => {
    stopping.abort()
    // Refused by one that is ending already; its end is awaited all the same.
    await runner.stop().catch(() => undefined)
    await kept
  }
}

/** Waits for the end of a runner. Answers why it has ended, if it says so. */
function endOf({ events, promise }: Runner): Promise<unknown> {
  let problem: unknown
  events.on('pool:fatalError', ({ error }) => (problem = error))
  return promise.then(
    () => problem,
    (error: unknown) => problem ?? error,
  )
}
