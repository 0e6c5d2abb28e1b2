import { setTimeout as wait } from 'node:timers/promises'
import { minutes } from '#platform/time/duration.ts'
import { startProgram, type TestProgram } from './program.ts'
import type { TestBrowser } from './test-browser.ts'

/** A program that is started again whenever it ends, as by a service manager. */
export interface Supervised extends AsyncDisposable {
  /** Of the one that runs, and of those that follow it on the same port. */
  browser(): TestBrowser
  /** Ends it, waits until the next one has started, and answers how long the end took, in milliseconds. */
  strike(signal: 'SIGKILL' | 'SIGTERM'): Promise<number>
  /** How often it has ended by itself. */
  ownEnds(): number
}

type Part = 'portal' | 'worker'

/** Starts one of the program's parts, and again each time it ends until the test is over. */
export async function supervise(settings: Record<string, string>, part: Part): Promise<Supervised> {
  let program = await startProgram(settings, part)
  let isUp = Promise.resolve()
  let isExpected = false
  let isOver = false
  let ownEnds = 0
  const watch = (): void =>
    void program.ended.then(() => {
      if (!isOver) isUp = follow()
    })
  const follow = async (): Promise<void> => {
    if (!isExpected) ownEnds++
    isExpected = false
    program = await startAtLast(settings, part)
    watch()
  }
  watch()
  return {
    browser: () => program.browser(),
    async strike(signal) {
      await isUp
      isExpected = true
      const begun = Date.now()
      await program.end(signal)
      const took = Date.now() - begun
      await isUp
      return took
    },
    ownEnds: () => ownEnds,
    async [Symbol.asyncDispose]() {
      await isUp
      isOver = true
      await program.end('SIGTERM')
    },
  }
}

/** Without its database it does not start. */
async function startAtLast(settings: Record<string, string>, part: Part): Promise<TestProgram> {
  for (const late = Date.now() + 2 * minutes; ; await wait(100)) {
    try {
      return await startProgram(settings, part)
    } catch (error) {
      if (Date.now() > late) throw error
    }
  }
}
