import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { displayForm } from './demo-user.ts'
import type { TestBrowser } from './test-browser.ts'
import { until } from './until.ts'

export interface Load<Result> {
  /** What was acknowledged so far. */
  result: Result
  stop(): Promise<void>
}

/** Does it again and again, whatever comes of it, until told to stop. */
function keepDoing<Result>(result: Result, work: () => Promise<unknown>): Load<Result> {
  const over = new AbortController()
  const kept = (async () => {
    while (!over.signal.aborted) await work()
  })()
  return {
    result,
    async stop() {
      over.abort()
      await kept
    },
  }
}

/**
 * Somebody who changes the display settings on and on. What was acknowledged must be there; of a change whose answer was cut
 * off nobody knows.
 */
export async function keepWriting(browser: TestBrowser): Promise<Load<{ version: number; acknowledged: number }>> {
  const form = await displayForm(browser)
  const newest = { version: Number(form['version']), acknowledged: 0 }
  return keepDoing(newest, async () => {
    const theme = newest.acknowledged % 2 === 0 ? 'dark' : 'light'
    const sent = { ...form, theme, version: String(newest.version) }
    const { status } = await browser.send('/profile/display', sent).catch(() => ({ status: 0 }))
    await wait(10)
    if (status === 303) {
      newest.version++
      newest.acknowledged++
      return
    }
    const found = Number((await until(() => displayForm(browser).catch(() => undefined), 120_000))['version'])
    assert(found >= newest.version && found <= newest.version + 1, `acknowledged ${newest.version}, found ${found}`)
    newest.version = found
  })
}

/** Mails that were committed, by their ids; written on and on. */
export function keepMailing(write: (address: string) => Promise<string>): Load<Set<string>> {
  const written = new Set<string>()
  return keepDoing(written, async () => {
    const id = await write(`${randomUUID()}@example.jp`).catch(() => undefined)
    if (id) written.add(id)
    await wait(50)
  })
}
