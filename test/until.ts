import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '#platform/time/duration.ts'

type Nothing = undefined | null | false | 0 | ''

/** Waits until what is asked is truthy, and answers it. Throws when that takes too long, also for a machine with other work. */
export async function until<T>(ask: () => T | Nothing | Promise<T | Nothing>, patience = 60 * seconds): Promise<T> {
  for (const deadline = Date.now() + patience; ; await wait(20)) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`Waited ${patience} ms in vain for: ${ask.toString()}`)
  }
}
