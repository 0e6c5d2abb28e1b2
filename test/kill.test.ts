import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { findEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { displayForm, logInToDemo } from './demo-user.ts'
import { runs } from './many-runs.ts'
import { makeDataDir, startProgram, type TestProgram } from './program.ts'
import type { TestBrowser } from './test-browser.ts'

const rounds = runs({ usual: 2, many: 200 })

test('what was acknowledged before a kill -9 is there afterwards', async (t) => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  let program = ends.use(await startProgram(settings))
  const cookies = (await logInToDemo(program)).cookies
  let acknowledged = 0
  for (let round = 0; round < rounds; round++) {
    const browser = browserWith(program, cookies)
    const writing = writeUntilItDies(browser)
    await wait(randomInt(200, 1_000))
    assert.deepEqual(await program.end('SIGKILL'), { code: null, signal: 'SIGKILL' })
    const written = await writing
    acknowledged += written.acknowledged
    const begun = Date.now()
    program = ends.use(await startProgram(settings))
    t.diagnostic(`round ${round}: ${written.acknowledged} acknowledged, back after ${Date.now() - begun} ms`)
    const found = Number((await displayForm(browserWith(program, cookies)))['version'])
    // One more may have been written whose answer the kill has cut off.
    assert(found >= written.version && found <= written.version + 1, `acknowledged ${written.version}, found ${found}`)
    assert.equal(await changesRecorded(dataDir), found - 1, 'each change with its line in the history')
  }
  assert(acknowledged > rounds)
})

function browserWith(program: TestProgram, cookies: ReadonlyMap<string, string>): TestBrowser {
  const browser = program.browser()
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  return browser
}

/** Changes the settings again and again; answers the newest version that was acknowledged. */
async function writeUntilItDies(browser: TestBrowser): Promise<{ version: number; acknowledged: number }> {
  const form = await displayForm(browser)
  const newest = { version: Number(form['version']), acknowledged: 0 }
  try {
    for (;;) {
      const theme = newest.acknowledged % 2 === 0 ? 'dark' : 'light'
      const { status } = await browser.send('/profile/display', { ...form, theme, version: String(newest.version) })
      assert.equal(status, 303)
      newest.acknowledged++
      newest.version++
    }
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
    return newest
  }
}

async function changesRecorded(dataDir: string): Promise<number> {
  const server = findEmbeddedPostgres(dataDir)
  assert(server)
  const client = new pg.Client(server.connection('madoguchi', server.superuser))
  await client.connect()
  const { rowCount } = await client.query(`select from change_history where action = 'display-changed'`)
  await client.end()
  return rowCount ?? -1
}
