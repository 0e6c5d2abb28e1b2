import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#platform/log.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { within } from '#platform/time/within.ts'
import { isOfDatabase } from './database-errors.ts'
import type { Runner } from './runner.ts'
import type { SignOfLife } from './sign-of-life.ts'

export interface Keeping {
  begin: () => Promise<Runner>
  sign: Pick<SignOfLife, 'show' | 'hide'>
  log: Log
  /** Called with whatever has ended a runner, or kept one from beginning. */
  onProblem: (problem: unknown) => void
  /** No runner can begin, and the database is not at fault. */
  onLost: (reason: string) => void
}

/** Before the next runner, by how many have failed in a row. */
const pauses: readonly number[] = [1 * seconds, 2 * seconds, 5 * seconds]
/** A runner that has worked so long is not one of those. */
const goodRun = 30 * seconds
/** What a runner that is replaced may take for the jobs it has begun; none of ours takes so long. */
const longestJob = 1 * minutes

/**
 * Keeps the queue at work: when its runner fails another takes its place, and the old one only finishes what it has begun.
 * Answers what stops it, after the jobs under way or so many milliseconds.
 */
export function keepRunning({ begin, sign, log, onProblem, onLost }: Keeping): (patience: number) => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  const old = oldRunners(sign)
  let runner: Runner | undefined
  const work = async (): Promise<unknown> => {
    runner = await begin()
    sign.show(runner.id)
    return Promise.race([runner.failed, stopped])
  }
  const keep = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      const begun = performance.now()
      const problem = await work().catch((error: unknown) => error)
      if (!signal.aborted) {
        if (!runner && !isOfDatabase(problem)) return onLost(`the worker has ended by itself: ${String(problem)}`)
        onProblem(problem)
        log.warn(
          { part: 'worker', err: problem },
          runner ? 'the queue is taken up anew' : 'the queue cannot be taken up',
        )
        failures = performance.now() - begun > goodRun ? 1 : failures + 1
        // What the old one's other hands are just asking fails within this time too.
        await wait(pauses[Math.min(failures, pauses.length) - 1], undefined, { signal }).catch(() => undefined)
      }
      if (runner) old.retire(runner)
      runner = undefined
    }
  }
  const kept = keep()
  return async (patience) => {
    stopping.abort()
    await within(patience, kept.then(old.haveEnded))
  }
}

/** They go on showing that they live until they have ended, so that nobody gives their jobs to another. */
function oldRunners(sign: Keeping['sign']): { retire: (runner: Runner) => void; haveEnded: () => Promise<unknown> } {
  const retiring = new Set<Promise<void>>()
  return {
    retire({ id, retire }) {
      const retired = retire(longestJob).then(() => sign.hide(id))
      retiring.add(retired)
      void retired.finally(() => retiring.delete(retired))
    },
    haveEnded: () => Promise.all(retiring),
  }
}
