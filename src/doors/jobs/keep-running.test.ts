import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { Logger } from 'graphile-worker'
import type pg from 'pg'
import { readConfig } from '#program/config.ts'
import { openLog } from '#platform/log.ts'
import { seconds } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { testSecrets } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { beginRunner } from './runner.ts'
import { startWorker } from './worker.ts'

let database: TestDatabase
let admin: pg.Pool
let stop: () => Promise<void>
let reasons: string[]

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  await admin.query('create sequence blows')
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
afterEach(() => stop())

function startHere(): void {
  reasons = []
  stop = startWorker({
    config: readConfig({ DEMO: 'on', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }),
    owner: database.ownerConfig,
    operator: database.operator,
    secrets: testSecrets,
    log: openLog('silent'),
    now: () => new Date(),
    onLost: (reason) => reasons.push(reason),
    lookEvery: 50,
  })
}

/** Lets this happen at each change of that kind in the queue. Answers what waits until it has happened so often. */
async function strike(kind: string, happens: string): Promise<(times: number) => Promise<unknown>> {
  await admin.query(`alter sequence blows restart`)
  // What a sequence counts outlives whatever happens.
  await admin.query(`create or replace function strike() returns trigger language plpgsql security definer as
    $$ begin perform nextval('blows'); ${happens}; return coalesce(new, old); end $$`)
  await admin.query(`create trigger strike before ${kind} for each row execute function strike()`)
  return (times) =>
    until(async () => (await admin.query('select from blows where is_called and last_value >= $1', [times])).rowCount)
}

async function heal(kind: string): Promise<void> {
  await admin.query(`drop trigger strike on ${kind.replace(/.* on /, '')}`)
}

async function add(times = 1): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>(
    `select (graphile_worker.add_job('end-idle-sessions')).id from generate_series(1, $1)`,
    [times],
  )
  return rows.map(({ id }) => id)
}

const areDone = (ids: string[]): Promise<boolean> =>
  until(
    async () =>
      (await admin.query('select from graphile_worker._private_jobs where id = any ($1)', [ids])).rowCount === 0,
  )

const queue = 'graphile_worker._private_jobs'

const blows: [what: string, kind: string, happens: string][] = [
  ['cannot write down what became of its jobs', `delete on ${queue}`, `raise 'disk full' using errcode = '53100'`],
  ['cannot take a job', `update on ${queue}`, `raise 'disk full' using errcode = '53100'`],
  ['loses its connections', `delete on ${queue}`, 'perform pg_terminate_backend(pg_backend_pid())'],
]
for (const [what, kind, happens] of blows)
  test(`a worker that ${what} goes on when the trouble is over, and does what was left`, async () => {
    const hit = await strike(kind, happens)
    startHere()
    // More than one at once: of two the library's runner never comes to an end.
    const ids = await add(4)
    await hit(2)
    await heal(kind)
    await areDone([...ids, ...(await add())])
    assert.deepEqual(reasons, [])
  })

test('a worker whose first question to the queue fails asks it again', async () => {
  const kind = 'insert on graphile_worker._private_tasks'
  await admin.query('delete from graphile_worker._private_tasks')
  const hit = await strike(kind, `raise 'not now' using errcode = '57014'`)
  startHere()
  await hit(1)
  await heal(kind)
  await areDone(await add())
})

test('a worker can be stopped while the database is full, or starting', async () => {
  for (const errcode of ['53100', '57P03']) {
    const kind = `update on ${queue}`
    const ids = await add(4)
    const hit = await strike(kind, `raise 'not now' using errcode = '${errcode}'`)
    startHere()
    await hit(2)
    await stop()
    await heal(kind)
    startHere()
    await areDone(ids)
    await stop()
  }
})

test('a runner that waits without a word for a database that is starting has failed', async () => {
  const kind = `update on ${queue}`
  await add(4)
  await strike(kind, `raise 'not yet' using errcode = '57P03'`)
  const runner = await beginRunner(database.ownerConfig, {
    logger: new Logger(() => () => undefined),
    taskList: { 'end-idle-sessions': () => undefined },
    parsedCronItems: [],
    longestSilence: 3 * seconds,
  })
  stop = () => runner.retire(30 * seconds)
  assert.match(String(await runner.failed), /does not answer/)
  await heal(kind)
})
