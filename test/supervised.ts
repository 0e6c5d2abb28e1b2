import { setTimeout as wait } from 'node:timers/promises'
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

/** Starts one of the program's parts, and again each time it ends until the test is over. */
export async function supervise(settings: Record<string, string>, part: 'portal' | 'worker'): Promise<Supervised> {
  const over = new AbortController()
  let program = await startProgram(settings, part)
  let isUp = Promise.resolve()
  let struck = false
  let ownEnds = 0
  const startAgain = async (): Promise<void> => {
    if (!struck) ownEnds++
    struck = false
    for (let next: TestProgram | undefined; !next && !over.signal.aborted; await wait(100)) {
      // Without its database it does not start.
      next = await startProgram(settings, part).catch(() => undefined)
      if (next) follow(next)
    }
  }
  const follow = (next: TestProgram): void => {
    program = next
    void next.ended.then(() => {
      if (!over.signal.aborted) isUp = startAgain()
    })
  }
  follow(program)
  return {
    browser: () => program.browser(),
    async strike(signal) {
      await isUp
      struck = true
      const begun = Date.now()
      await program.end(signal)
      const took = Date.now() - begun
      await isUp
      return took
    },
    ownEnds: () => ownEnds,
    async [Symbol.asyncDispose]() {
      over.abort()
      await isUp
      await program.end('SIGTERM')
    },
  }
}
