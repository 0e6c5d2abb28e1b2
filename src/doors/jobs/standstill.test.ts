import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { pino } from 'pino'
import { readConfig } from '#program/config.ts'
import { minutes } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
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

interface Watched extends AsyncDisposable {
  advance(milliseconds: number): void
  reasons: string[]
  said: string[]
}

/** A worker that takes a moment for as long as it is told. */
function startHere(hasOthers: boolean): Watched {
  const watched = { reasons: new Array<string>(), said: new Array<string>() }
  let ahead = 0
  const stop = startWorker({
    config: readConfig({ DEMO: 'on', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }),
    owner: database.ownerConfig,
    operator: database.operator,
    secrets: testSecrets,
    log: pino({ level: 'error' }, { write: (line: string) => watched.said.push(line) }),
    now: () => new Date(Date.now() + ahead),
    onLost: (reason) => watched.reasons.push(reason),
    hasOthers,
    lookEvery: 20,
  })
  return {
    ...watched,
    advance: (milliseconds) => (ahead += milliseconds),
    [Symbol.asyncDispose]: stop,
  }
}

const pulseOf = async (): Promise<Date> =>
  (await admin.query<{ at: Date }>('select at from job_pulse')).rows[0]?.at ?? new Date(NaN)

/** Nobody can take a job. Answers what ends it. */
async function holdQueue(errcode: string): Promise<() => Promise<unknown>> {
  await admin.query(`create or replace function refuse() returns trigger language plpgsql as
    $$ begin raise 'refused' using errcode = '${errcode}'; end $$`)
  await admin.query(`create trigger refused before update on graphile_worker._private_jobs
    for each row execute function refuse()`)
  return () => admin.query('drop trigger refused on graphile_worker._private_jobs')
}

const standstill = /no job is done any longer/

test('a worker shows that it works as soon as it begins', async () => {
  const older = await pulseOf()
  await using worker = startHere(false)
  await until(async () => (await pulseOf()) > older)
  assert.deepEqual(worker.reasons, [])
})

test('a worker alone that has not come to a job for two minutes says so and is lost, with others it only says so', async () => {
  for (const hasOthers of [false, true]) {
    await using worker = startHere(hasOthers)
    const pulse = await pulseOf()
    await until(async () => (await pulseOf()) > pulse)
    const release = await holdQueue('P0001')
    await admin.query(`select graphile_worker.add_job('end-idle-sessions')`)
    worker.advance(3 * minutes)
    await until(() => worker.said.some((line) => standstill.test(line)))
    if (!hasOthers) await until(() => worker.reasons.length)
    assert.match(worker.reasons[0] ?? (hasOthers ? 'no job has been done since' : ''), /^no job has been done since/)
    assert.equal(worker.reasons.length > 0, !hasOthers)
    await release()
  }
})

test('a worker alone outlives a database that refuses all work for want of space', async () => {
  await using worker = startHere(false)
  const pulse = await pulseOf()
  await until(async () => (await pulseOf()) > pulse)
  const release = await holdQueue('53100')
  await admin.query(`select graphile_worker.add_job('end-idle-sessions')`)
  worker.advance(3 * minutes)
  await until(() => worker.said.some((line) => standstill.test(line)))
  await release()
  const older = await pulseOf()
  await until(async () => (await pulseOf()) > older)
  assert.deepEqual(worker.reasons, [])
})

test('the portal stays ready while no worker works, and tells since when', async () => {
  const portal = await testPortal(database)
  const ready = async (): Promise<[status: number, body: string]> => {
    const answer = await portal.app.request('/readyz')
    return [answer.status, await answer.text()]
  }
  const pulse = portal.program.now()
  await admin.query('update job_pulse set at = $1', [pulse])
  assert.deepEqual(await ready(), [200, 'ready'])
  portal.advance(3 * minutes)
  assert.deepEqual(await ready(), [200, `ready, but no job has been done since ${pulse.toISOString()}`])
  await admin.query('update job_pulse set at = $1', [portal.program.now()])
  assert.deepEqual(await ready(), [200, 'ready'])
})
