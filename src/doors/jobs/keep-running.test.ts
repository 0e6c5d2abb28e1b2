import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { readConfig } from '#program/config.ts'
import { openLog } from '#platform/log.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { testSecrets } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { startWorker } from './worker.ts'

let database: TestDatabase
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function startHere(): Promise<{ stop: () => Promise<void>; reasons: string[] }> {
  const reasons: string[] = []
  const stop = await startWorker({
    config: readConfig({ DEMO: 'on', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }),
    owner: database.ownerConfig,
    operator: database.operator,
    secrets: testSecrets,
    log: openLog('silent'),
    now: () => new Date(),
    onLost: (reason) => reasons.push(reason),
  })
  return { stop, reasons }
}

/** Lets the worker do a job, and this happen as soon as it writes down that it is done. Answers the job. */
async function whenDone(happens: string): Promise<string | undefined> {
  await admin.query(`create or replace function at_done() returns trigger language plpgsql security definer as
    $$ begin ${happens}; return old; end $$`)
  await admin.query(`create or replace trigger at_done before delete on graphile_worker._private_jobs
    for each row execute function at_done()`)
  const { rows } = await admin.query<{ id: string }>(`select id from graphile_worker.add_job('end-idle-sessions')`)
  return rows[0]?.id
}

test('a worker that cannot write down what became of a job says so once, and can still be stopped', async () => {
  const { stop, reasons } = await startHere()
  await whenDone(`raise 'disk full'`)
  await until(() => reasons.length)
  await stop()
  assert.equal(reasons.length, 1)
  assert.match(reasons[0] ?? '', /disk full/)
})

test('a worker that cannot do so because the disk is full goes on when there is room', async () => {
  const { stop, reasons } = await startHere()
  await admin.query('create sequence refused')
  await whenDone(`perform nextval('refused'); raise 'no space left on device' using errcode = '53100'`)
  await until(async () => (await admin.query('select 1 from refused where is_called')).rowCount)
  const id = await whenDone('null')
  await until(
    async () => (await admin.query('select 1 from graphile_worker._private_jobs where id = $1', [id])).rowCount === 0,
  )
  await stop()
  assert.deepEqual(reasons, [])
})

test('a worker whose connection breaks in that moment goes on, and is not lost when it is stopped', async () => {
  const { stop, reasons } = await startHere()
  // What a sequence counts outlives the connection.
  await admin.query('create sequence broken')
  await whenDone(`perform nextval('broken'), pg_terminate_backend(pg_backend_pid())`)
  await until(async () => (await admin.query('select 1 from broken where is_called')).rowCount)
  const id = await whenDone('null')
  await until(
    async () => (await admin.query('select 1 from graphile_worker._private_jobs where id = $1', [id])).rowCount === 0,
  )
  await stop()
  assert.deepEqual(reasons, [])
})
