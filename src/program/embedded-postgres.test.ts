import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { accountOf, mayEnter } from './embedded-postgres/account.ts'
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  type PostgresAddress,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
import { isStartProblem } from '#platform/start-problem.ts'

const asRoot = process.getuid?.() === 0
/** Whom root borrows to be an ordinary user: nobody. */
const ordinaryUser = asRoot ? accountOf(65_534, 65_534) : undefined
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

test('what was committed is there after a stop and a second start', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const first = await start(ends, dataDir)
  await query(first, 'create table kept as select 1 as one')
  await first.stop()
  assert.equal(findEmbeddedPostgres(dataDir), undefined)
  const second = await start(ends, dataDir)
  assert.deepEqual(await query(second, 'select one from kept'), [{ one: 1 }])
  assert.equal(findEmbeddedPostgres(dataDir)?.socketDir, second.socketDir)
})

test('the socket is short and only for the database user', async () => {
  await using ends = new AsyncDisposableStack()
  const { socketDir, port } = await start(ends, join(makeDataDir(ends), 'a-long-name-'.repeat(12)))
  assert(Buffer.byteLength(`${socketDir}/.s.PGSQL.${port}`) <= 107)
  assert.equal(statSync(socketDir).mode & 0o777, 0o700)
})

test('a second start names the process that holds the data folder', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const other = await startElsewhere(ends, dataDir)
  await assert.rejects(start(ends, dataDir), (error: unknown) => {
    assert(isStartProblem(error))
    assert.equal(error.problem, 'data-folder-held')
    assert.match(error.message, new RegExp(`^process ${other.pid} holds .*$`))
    return true
  })
})

test('a start after SIGKILL stops the postmaster that was left and has what was committed', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const other = await startElsewhere(ends, dataDir)
  const address = findEmbeddedPostgres(dataDir)
  assert(address)
  await query(address, 'create table kept as select 1 as one')
  other.kill('SIGKILL')
  await once(other, 'exit')
  assert(findEmbeddedPostgres(dataDir), 'the postmaster lives on')
  const next = await start(ends, dataDir)
  assert.deepEqual(await query(next, 'select one from kept'), [{ one: 1 }])
})

test('a start after SIGKILL of the postmaster too', async () => {
  await using ends = new AsyncDisposableStack()
  const dataDir = makeDataDir(ends)
  const other = await startElsewhere(ends, dataDir)
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  other.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await once(other, 'exit')
  assert.deepEqual(await query(await start(ends, dataDir), 'select 1 as one'), [{ one: 1 }])
})

test(
  'as root, below a folder that only root may enter, the database lies elsewhere',
  { skip: asRoot ? false : 'only root can try this' },
  async () => {
    await using ends = new AsyncDisposableStack()
    const closed = makeDataDir(ends)
    chmodSync(closed, 0o700)
    const dataDir = join(closed, 'data')
    const lines: string[] = []
    const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log: (line) => lines.push(line) })
    ends.defer(async () => {
      await postgres.stop()
      rmSync(dirname(postgres.databaseFolder), { recursive: true })
    })
    assert.match(postgres.databaseFolder, /^\/var\/lib\/madoguchi\//)
    assert(lines.some((line) => line.includes(postgres.databaseFolder)))
    assert(!existsSync(join(dataDir, 'postgres')))
    assert.deepEqual(await query(postgres, 'select 1 as one'), [{ one: 1 }])
  },
)

test(
  'an ordinary user starts it',
  { skip: ordinaryUser && !mayEnter(root, ordinaryUser) ? `${root} is closed to other users` : false },
  async () => {
    await using ends = new AsyncDisposableStack()
    const dataDir = makeDataDir(ends)
    if (ordinaryUser) chownSync(dataDir, ordinaryUser.uid, ordinaryUser.gid)
    await startElsewhere(ends, dataDir, ordinaryUser?.uid)
    assert.equal(statSync(join(dataDir, 'postgres')).uid, ordinaryUser?.uid ?? process.getuid?.())
  },
)

function makeDataDir(ends: AsyncDisposableStack): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'madoguchi-test-')))
  chmodSync(folder, 0o755)
  ends.defer(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function start(ends: AsyncDisposableStack, dataDir: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log: () => {} })
  ends.defer(() => postgres.stop())
  return postgres
}

/** Starts it in a process of its own, which ends as soon as the test does. */
async function startElsewhere(ends: AsyncDisposableStack, dataDir: string, uid?: number): Promise<ChildProcess> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))})
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} })
    process.on('SIGTERM', async () => { await postgres.stop(); process.exit(0) })
    console.log('ready')`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  ends.defer(async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await once(child, 'exit')
  })
  const said: unknown = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit'),
  ])
  assert.deepEqual(said, ['ready'])
  return child
}

async function query(address: PostgresAddress, text: string): Promise<unknown[]> {
  const client = new pg.Client(address.connection('postgres', address.superuser))
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
