import { setTimeout as wait } from 'node:timers/promises'

/** Waits until the work has ended, well or badly, but no longer than so many milliseconds. Answers whether it has. */
export async function within(patience: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController()
  const ended = work.then(
    () => true,
    () => true,
  )
  const inTime = await Promise.race([ended, wait(patience, false, { signal: late.signal }).catch(() => false)])
  late.abort()
  return inTime
}
