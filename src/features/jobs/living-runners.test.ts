import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { hideRunner, releaseLeftJobs, showRunner } from './living-runners.ts'

let database: TestDatabase
let session: pg.Client

before(async () => {
  database = await testDatabase()
  session = await openSession()
})
after(async () => {
  await session.end()
  await database[Symbol.asyncDispose]()
})

async function openSession(): Promise<pg.Client> {
  const opened = new pg.Client(database.ownerConfig)
  await opened.connect()
  return opened
}

async function holders(): Promise<string[]> {
  const { rows } = await session.query<{ holder: string }>(
    'select locked_by as holder from graphile_worker.jobs where locked_by is not null order by 1',
  )
  return rows.map(({ holder }) => holder)
}

async function give(runner: string): Promise<void> {
  const { rows } = await session.query<{ id: string }>(`select id from graphile_worker.add_job('end-idle-sessions')`)
  const lock = 'update graphile_worker._private_jobs set locked_by = $1, locked_at = now() where id = $2'
  await session.query(lock, [runner, rows[0]?.id])
}

const look = (...suspects: string[]): Promise<string[]> => releaseLeftJobs(session, { shown: ['own'], suspects })

test('the jobs of a runner are given back at the second look in a row that finds no session for it', async () => {
  for (const runner of ['own', 'other', 'dying']) await give(runner)
  const other = await openSession()
  const dying = await openSession()
  await showRunner(other, 'other')
  await showRunner(dying, 'dying')
  assert.deepEqual(await look(), [])
  await dying.end()
  assert.deepEqual(await look(), ['dying'])
  await showRunner(other, 'dying')
  assert.deepEqual(await look('dying'), [])
  assert.deepEqual(await holders(), ['dying', 'other', 'own'])
  await hideRunner(other, 'dying')
  assert.deepEqual(await look(), ['dying'])
  assert.deepEqual(await look('dying'), [])
  assert.deepEqual(await holders(), ['other', 'own'])
  await other.end()
  assert.deepEqual(await look('other'), [])
  assert.deepEqual(await holders(), ['own'])
})
