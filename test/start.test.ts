import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { listDemoAccounts } from '#features/demo/demo-accounts.ts'
import { seconds } from '#platform/time/duration.ts'
import { findEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { lives } from '#program/embedded-postgres/orphan.ts'
import { makeDataDir, runProgram, startProgram, type TestProgram } from './program.ts'
import { displayForm, logInToDemo } from './demo-user.ts'
import { lockUsers } from './lock-users.ts'
import type { TestBrowser } from './test-browser.ts'
import { until } from './until.ts'

const quiet = { LOG_LEVEL: 'warn' }

const folders = new AsyncDisposableStack()
after(() => folders.disposeAsync())
/** The first test begins it; the others go on with what lies there. */
const begun = makeDataDir(folders)
let login: ReadonlyMap<string, string> | undefined

/** One login for all tests, because a code of an authenticator app works once. */
async function loggedIn(program: TestProgram): Promise<TestBrowser> {
  const browser = program.browser()
  login ??= (await logInToDemo(program)).cookies
  for (const [name, value] of login) browser.cookies.set(name, value)
  return browser
}

async function statusAt({ url }: TestProgram, path: string): Promise<number> {
  return (await fetch(new URL(path, url), { redirect: 'manual' })).status
}

/** Of the PostgreSQL that the program has started. */
function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

test('a start with nothing configured announces a demo, holds its folder, and ends leaving nothing', async () => {
  await using ends = new AsyncDisposableStack()
  const program = ends.use(await startProgram({ DATA_DIR: begun, ...quiet }))
  const { body } = await program.browser().get('/')
  const [, stylesheet = '', script = ''] = /href="(\/assets\/.+?[.]css)".+src="(\/assets\/.+?[.]js)"/s.exec(body) ?? []
  for (const path of ['/healthz', '/readyz', '/login', '/demo/mailbox', stylesheet, script])
    assert.equal(await statusAt(program, path), 200, path)
  assert.equal(await statusAt(program, '/services'), 303)
  const said = program.output()
  assert(said.includes(new URL('/demo/mailbox', program.url).href))
  for (const { mail, password = '(no password yet)' } of await listDemoAccounts())
    assert(said.includes(mail) && said.includes(password))
  assert.equal(program.errors(), '')

  const second = await runProgram({ DATA_DIR: begun })
  assert.equal(second.code, 1)
  assert.match(second.errors, new RegExp(`^process ${program.pid} holds the data folder .*\n$`))

  const postmaster = postmasterOf(begun)
  const ending = Date.now()
  assert.deepEqual(await program.end('SIGTERM'), { code: 0, signal: null })
  assert(Date.now() - ending < 10 * seconds)
  assert(!lives(postmaster))
  assert(!existsSync(join(begun, 'postgres', 'postmaster.pid')))
})

test('SIGTERM lets a request under way come to its answer, and takes no more', async () => {
  await using ends = new AsyncDisposableStack()
  const program = ends.use(await startProgram({ DATA_DIR: begun, ...quiet }))
  const browser = await loggedIn(program)
  const form = await displayForm(browser)
  // Makes the request wait within its transaction.
  const locked = await lockUsers(begun)
  const answer = browser.send('/profile/display', { ...form, theme: 'dark' })
  await locked.untilSomebodyWaits()
  const ended = program.end('SIGTERM')
  await wait(300)
  await assert.rejects(fetch(new URL('/healthz', program.url)), 'no new request is taken')
  await locked.release()
  const { status, location } = await answer
  assert.deepEqual({ status, location }, { status: 303, location: '/profile/display' })
  const answered = Date.now()
  assert.deepEqual(await ended, { code: 0, signal: null })
  assert(Date.now() - answered < 5 * seconds, 'a connection kept alive holds nothing up')
})

test('a portal whose outputs are closed goes on, and so does its worker', async () => {
  await using ends = new AsyncDisposableStack()
  const program = ends.use(await startProgram({ DATA_DIR: begun, LOG_LEVEL: 'debug' }))
  program.leaveUnread()
  const mails = async (): Promise<number> =>
    (await program.browser().get('/demo/mailbox')).body.split('takahashi@example.co.jp').length
  const before = await mails()
  // Each step of it is logged, by the portal and by the worker.
  await program.browser().post('/login', { username: 'takahashi@example.co.jp', password: 'Portal-demo-2026' })
  await until(async () => (await mails()) > before)
  assert.equal(await statusAt(program, '/login'), 200)
  assert.deepEqual(await program.end('SIGTERM'), { code: 0, signal: null })
})

test('what is wrong at the start is said in one line', async () => {
  await using ends = new AsyncDisposableStack()
  const [dataDir, other] = [makeDataDir(ends), makeDataDir(ends)]
  const taken = createServer().listen(0, '127.0.0.1')
  ends.defer(() => void taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const cases: [Record<string, string>, RegExp][] = [
    [{ HOST: '0.0.0.0', DEMO: 'on' }, /^HOST: a demo listens on this machine alone/],
    [{ PORTAL_URL: 'http://portal.example.jp', DEMO: 'on' }, /^PORTAL_URL: a demo cannot be reached/],
    [{ PORT: 'many' }, /^PORT: /],
    [
      { DATABASE_URL: 'postgres://127.0.0.1:1/x', DATABASE_OWNER_URL: 'postgres://127.0.0.1:1/x', DEMO: 'on' },
      /^DATABASE_OWNER_URL: the database cannot be opened: .*ECONNREFUSED/,
    ],
    [{ PORT: port, SETTINGS_PORT: port }, /^SETTINGS_PORT: the settings site needs another port/],
    [{ PORT: port, DATA_DIR: other }, new RegExp(`^Port ${port} on 127.0.0.1 is taken`)],
  ]
  const runs = cases.map(async ([settings, line]) => {
    const { code, errors, output } = await runProgram({ DATA_DIR: dataDir, ...quiet, ...settings })
    assert.match(errors, line)
    assert.equal(errors.trim().split('\n').length, 1, errors)
    assert.equal(code, 1)
    assert.equal(output, '')
  })
  await Promise.all(runs)
  assert(!existsSync(join(other, 'postgres', 'postmaster.pid')))
})

test('a part that is none, or cannot run apart, is said in one line', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const part = await runProgram({ DATA_DIR: dataDir }, 'everything')
  assert.match(part.errors, /^There is no part "everything": all, portal, settings, console or worker\.\n$/)
  const product = {
    PORTAL_URL: 'https://portal.example.jp',
    SETTINGS_URL: 'https://settings.example.jp',
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
  for (const name of ['portal', 'settings', 'console', 'worker']) {
    const { code, errors } = await runProgram({ DATA_DIR: dataDir, ...product }, name)
    assert.equal(code, 1)
    assert.match(errors, new RegExp(`^The part "${name}" cannot run apart on the embedded PostgreSQL: set .*\n$`))
  }
})

/** In the embedded database of a running program. */
async function change(dataDir: string, statement: string): Promise<void> {
  const server = findEmbeddedPostgres(dataDir)
  assert(server)
  const client = new pg.Client(server.connection('madoguchi', server.superuser))
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('an unexpected error is logged with the lines of our sources', async () => {
  await using ends = new AsyncDisposableStack()
  const program = ends.use(await startProgram({ DATA_DIR: begun, ...quiet }))
  await change(begun, 'alter table operator rename to lost')
  assert.equal(await statusAt(program, '/'), 500)
  await change(begun, 'alter table lost rename to operator')
  const finder = /at async findOperator \((\/.+?\/src\/features\/operators\/find[.]ts):(\d+)/
  const [, file = '', line = ''] = finder.exec(program.output()) ?? []
  assert.match(readFileSync(file, 'utf8').split('\n')[Number(line) - 1] ?? '', /await .*operator/)
})

test('a program whose own database server dies ends with it, and the next start has everything', async () => {
  await using ends = new AsyncDisposableStack()
  const program = ends.use(await startProgram({ DATA_DIR: begun, ...quiet }))
  assert.equal((await (await loggedIn(program)).get('/services')).status, 200)
  const killed = Date.now()
  process.kill(postmasterOf(begun), 'SIGKILL')
  assert.deepEqual(await program.ended, { code: 1, signal: null })
  const took = Date.now() - killed
  assert(took < 10 * seconds, `it took ${took} ms`)
  const next = ends.use(await startProgram({ DATA_DIR: begun, ...quiet }))
  assert.equal((await (await loggedIn(next)).get('/services')).status, 200)
})
