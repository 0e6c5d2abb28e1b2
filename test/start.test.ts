import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listDemoAccounts } from '#features/demo/demo-accounts.ts'
import { seconds } from '#platform/time/duration.ts'
import { lives } from '#program/embedded-postgres/orphan.ts'
import { makeDataDir, runProgram, startProgram, type TestProgram } from './program.ts'
import { displayForm, logInToDemo } from './demo-user.ts'
import { lockUsers } from './lock-users.ts'

const quiet = { LOG_LEVEL: 'warn' }

async function statusAt({ url }: TestProgram, path: string): Promise<number> {
  return (await fetch(new URL(path, url), { redirect: 'manual' })).status
}

/** Of the PostgreSQL that the program has started. */
function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

test('a start with nothing configured announces a demo, holds its folder, and ends leaving nothing', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const program = ends.use(await startProgram({ DATA_DIR: dataDir, ...quiet }))
  for (const path of ['/healthz', '/readyz', '/', '/login', '/demo/mailbox'])
    assert.equal(await statusAt(program, path), 200, path)
  assert.equal(await statusAt(program, '/services'), 303)
  const said = program.output()
  assert(said.includes(new URL('/demo/mailbox', program.url).href))
  for (const { mail, password = '(no password yet)' } of await listDemoAccounts())
    assert(said.includes(mail) && said.includes(password))
  assert.equal(program.errors(), '')

  const second = await runProgram({ DATA_DIR: dataDir })
  assert.equal(second.code, 1)
  assert.match(second.errors, new RegExp(`^process ${program.pid} holds the data folder .*\n$`))

  const postmaster = postmasterOf(dataDir)
  const begun = Date.now()
  assert.deepEqual(await program.end('SIGTERM'), { code: 0, signal: null })
  assert(Date.now() - begun < 10 * seconds)
  assert(!lives(postmaster))
  assert(!existsSync(join(dataDir, 'postgres', 'postmaster.pid')))
})

test('SIGTERM lets a request under way come to its answer, and takes no more', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const program = ends.use(await startProgram({ DATA_DIR: dataDir, ...quiet }))
  const browser = await logInToDemo(program)
  const form = await displayForm(browser)
  // Makes the request wait within its transaction.
  const locked = await lockUsers(dataDir)
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
      /^The database of DATABASE_URL .*ECONNREFUSED/,
    ],
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
  const part = await runProgram({ DATA_DIR: dataDir }, 'everything')
  assert.match(part.errors, /^There is no part "everything": all, portal or worker\.\n$/)
})

test('a program whose own database server dies ends with it, and the next start has everything', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const program = ends.use(await startProgram({ DATA_DIR: dataDir, ...quiet }))
  const browser = await logInToDemo(program)
  const begun = Date.now()
  process.kill(postmasterOf(dataDir), 'SIGKILL')
  assert.deepEqual(await program.ended, { code: 1, signal: null })
  const took = Date.now() - begun
  assert(took < 10 * seconds, `it took ${took} ms`)
  const next = ends.use(await startProgram({ DATA_DIR: dataDir, ...quiet }))
  const again = next.browser()
  for (const [name, value] of browser.cookies) again.cookies.set(name, value)
  assert.equal((await again.get('/services')).status, 200)
})
