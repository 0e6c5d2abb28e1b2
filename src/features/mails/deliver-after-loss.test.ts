import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { type PostOffice, postOffice } from '#test/post-office.ts'
import { until } from '#test/until.ts'

let database: TestDatabase
let office: PostOffice

before(async () => {
  database = await testDatabase()
  office = postOffice(database, await makerOf(database).user())
})
after(async () => {
  await office[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const someone = (): string => `someone-${randomUUID()}@customer.example.com`

test('a mail that a dead worker has held is sent by another', async () => {
  const address = someone()
  const id = await office.write(address)
  await office.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1`)
  await using server = await office.open()
  await office.endsAs(id, 'sent')
  assert.equal(server.to(address).length, 1)
  await until(async () => (await office.jobsLeft()) === 0)
})

test('a worker that takes long keeps what it has, whoever else looks for jobs of the dead', async () => {
  const taken = Promise.withResolvers<void>()
  const mayGo = Promise.withResolvers<void>()
  await using slow = await office.open(async () => {
    taken.resolve()
    await mayGo.promise
    return undefined
  })
  const address = someone()
  const id = await office.write(address)
  await taken.promise
  await using other = await office.open()
  await office.query(`select graphile_worker.add_job('end-idle-sessions', run_at := now() + interval '1 day')`)
  await office.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead' where locked_at is null`,
  )
  const isHeld = `select from graphile_worker._private_jobs where locked_by`
  await until(async () => (await office.query(`${isHeld} = 'dead'`)) === 0)
  assert.equal(await office.query(`${isHeld} is not null`), 1)
  mayGo.resolve()
  await office.endsAs(id, 'sent')
  assert.equal(slow.to(address).length + other.to(address).length, 1)
})

test('a worker outlives its database connections; what it was sending leaves at most twice, under one Message-ID', async () => {
  let cut = false
  await using server = await office.open(async () => {
    if (!cut) {
      cut = true
      await endConnections()
    }
    return undefined
  })
  const [caught, later] = [someone(), someone()]
  const id = await office.write(caught)
  await until(() => server.to(caught).length)
  const next = await office.write(later)
  await office.endsAs(next, 'sent')
  assert.equal(server.to(later).length, 1)
  await office.endsAs(id, 'sent')
  const twins = server.to(caught).map(({ mail }) => mail.messageId)
  assert(twins.length <= 2)
  assert.equal(new Set(twins).size, 1)
  await until(async () => (await office.jobsLeft()) === 0)
})

test('a mail server that is not there costs no mail', async () => {
  await using nobody = await office.open(undefined, { smtpUrl: 'smtp://127.0.0.1:1' })
  const id = await office.write(someone())
  await until(async () => (await office.rowOf(id))?.tries === 1)
  assert.equal((await office.rowOf(id))?.state, 'queued')
  await nobody[Symbol.asyncDispose]()
  await using server = await office.open()
  await until(() => office.query('update graphile_worker._private_jobs set run_at = now() where locked_at is null'))
  await office.endsAs(id, 'sent')
  assert.equal(server.received.length, 1)
})

/** Of the workers, as when the server is restarted. */
async function endConnections(): Promise<void> {
  await office.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'portal_owner'`,
  )
}
