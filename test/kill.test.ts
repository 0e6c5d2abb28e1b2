import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { findEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { displayForm, logInToDemo } from './demo-user.ts'
import { freeze, startOutsideServer, thaw } from './outside-server.ts'
import { runs } from './many-runs.ts'
import { makeDataDir, runProgram, startProgram, type TestProgram } from './program.ts'
import type { TestBrowser } from './test-browser.ts'
import { until } from './until.ts'

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
    const newest = await openWriting(browser)
    const writing = writeUntilItDies(browser, newest)
    await wait(randomInt(200, 1_000))
    // However busy the machine is, there is something to be lost.
    await until(() => newest.acknowledged > 1)
    assert.deepEqual(await program.end('SIGKILL'), { code: null, signal: 'SIGKILL' })
    await writing
    acknowledged += newest.acknowledged
    const begun = Date.now()
    program = ends.use(await startProgram(settings))
    t.diagnostic(`round ${round}: ${newest.acknowledged} acknowledged, back after ${Date.now() - begun} ms`)
    const found = Number((await displayForm(browserWith(program, cookies)))['version'])
    // One more may have been written whose answer the kill has cut off.
    assert(found >= newest.version && found <= newest.version + 1, `acknowledged ${newest.version}, found ${found}`)
    assert.equal(await changesRecorded(dataDir), found - 1, 'each change with its line in the history')
  }
  assert(acknowledged > rounds)
})

test('a stop that the database holds up is broken off, and the next start has what was acknowledged', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  const program = ends.use(await startProgram(settings))
  const browser = await logInToDemo(program)
  const form = await displayForm(browser)
  assert.equal((await browser.send('/profile/display', { ...form, theme: 'dark' })).status, 303)
  freeze(join(dataDir, 'postgres'))
  assert.deepEqual(await program.end('SIGTERM'), { code: 1, signal: null })
  assert.match(program.output(), /the stop was broken off/)
  // It has been asked to end, and does.
  thaw(join(dataDir, 'postgres'))
  const next = ends.use(await startProgram(settings))
  assert.equal(Number((await displayForm(browserWith(next, browser.cookies)))['version']), Number(form['version']) + 1)
})

test('a worker alone that can never begin ends, and says why', async () => {
  await using ends = new AsyncDisposableStack()
  const server = await startOutsideServer(ends, { durable: false })
  const settings = { ...server.settings, LOG_LEVEL: 'info' }
  await (await startProgram(settings, 'worker')).end('SIGTERM')
  const client = new pg.Client(server.connection('portal_owner'))
  await client.connect()
  // As a newer version of the queue would leave it.
  await client.query('insert into graphile_worker.migrations (id, breaking) values (999999, true)')
  await client.end()
  const { code, output } = await runProgram(settings, 'worker')
  assert.equal(code, 1)
  assert.match(output, /the worker has ended by itself: .*breaking migration/)
})

function browserWith(program: TestProgram, cookies: ReadonlyMap<string, string>): TestBrowser {
  const browser = program.browser()
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  return browser
}

/** The settings as they stand, and the newest version of them that was acknowledged. */
interface Writing {
  form: Record<string, string>
  version: number
  acknowledged: number
}

async function openWriting(browser: TestBrowser): Promise<Writing> {
  const form = await displayForm(browser)
  return { form, version: Number(form['version']), acknowledged: 0 }
}

/** Changes the settings again and again, and notes what was acknowledged. */
async function writeUntilItDies(browser: TestBrowser, newest: Writing): Promise<void> {
  try {
    for (;;) {
      const theme = newest.acknowledged % 2 === 0 ? 'dark' : 'light'
      // The version alone tells what the form was made with.
      const fields = { ...newest.form, loaded: '', theme, version: String(newest.version) }
      const { status } = await browser.send('/profile/display', fields)
      assert.equal(status, 303)
      newest.acknowledged++
      newest.version++
    }
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
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
