import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { findEmbeddedPostgres } from './embedded-postgres.ts'
import { superuser } from './embedded-postgres/initialise.ts'
import { openLog } from '#platform/log.ts'
import { databaseName, type Databases, openDatabases } from './open-databases.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-test-'))
chmodSync(dataDir, 0o755)
let databases: Databases
/** What the first start of all has logged. */
const saidAtFirst: string[] = []

before(async () => {
  const log = pino({ level: 'info' }, { write: (line: string) => saidAtFirst.push(line) })
  databases = await openDatabases({ dataDir }, log, () => undefined)
})
after(async () => {
  await databases.close()
  rmSync(dataDir, { recursive: true })
})

test('the first start says where it makes a database, and nothing that looks like a fault', () => {
  const said = saidAtFirst.join('')
  assert.match(said, /making a database in /)
  assert.doesNotMatch(said, /FATAL|ERROR/)
})

/** A server that is starting for the first few who ask (PostgreSQL's protocol, 55.2.1 and 55.7), and then is the embedded one. */
async function startingServer(refusals: number): Promise<{ url: (role: string) => string; close: () => void }> {
  const place = findEmbeddedPostgres(dataDir)
  assert(place)
  let left = refusals
  const message = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0')
  const refusal = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), message])
  refusal.writeUInt32BE(refusal.length - 1, 1)
  const server = createServer((client) => {
    client.on('error', () => undefined)
    if (left-- > 0) return client.once('data', () => client.end(refusal))
    const real = connect(join(place.socketDir, `.s.PGSQL.${place.port}`))
    real.on('error', () => client.destroy())
    return client.pipe(real).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const at = typeof address === 'object' ? address?.port : address
  return { url: (role) => `postgres://${role}@127.0.0.1:${at}/${databaseName}`, close: () => server.close() }
}

test('a server that is still starting is waited for, and the log says so once', async () => {
  const said: string[] = []
  const server = await startingServer(3)
  const database = { appUrl: server.url('portal_app'), ownerUrl: server.url('portal_owner') }
  const log = pino({ level: 'warn' }, { write: (line: string) => said.push(line) })
  const opened = await openDatabases({ dataDir, database }, log, () => undefined)
  await opened.operator.transaction((tx) => sql`select 1`.execute(tx))
  await opened.close()
  server.close()
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /the database is starting, or recovering from a crash: waiting for it/)
})

/** In the embedded server, as the role. */
async function query(database: string, role: string, text: string): Promise<unknown> {
  const client = new pg.Client(findEmbeddedPostgres(dataDir)?.connection(database, role))
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows[0]
  } finally {
    await client.end()
  }
}

test('the roles of the portal enter its database and no other of the embedded server', async () => {
  for (const role of ['portal_app', 'portal_owner']) {
    assert.deepEqual(await query(databaseName, role, 'select current_user as role'), { role })
    for (const database of ['postgres', 'template1'])
      await assert.rejects(query(database, role, 'select'), { code: '42501' }, `${role} in ${database}`)
  }
})

test('the role that answers requests can make nothing in it, not even for its session', async () => {
  for (const statement of ['create temporary table t ()', 'create table t ()', 'create schema s'])
    await assert.rejects(query(databaseName, 'portal_app', statement), { code: '42501' }, statement)
})

async function reopen(): Promise<void> {
  await databases.close()
  databases = await openDatabases({ dataDir }, openLog('silent'), () => undefined)
}

test('the next start leaves the database as it is, and makes it where the last one did not come so far', async () => {
  interface State {
    database: string
    migrations: string
  }
  // Whoever writes a row writes it anew, even as it was.
  const state = async (): Promise<State> =>
    (await query(
      databaseName,
      superuser,
      `select xmin as database, (select count(*) from migration) as migrations from pg_database where datname = current_database()`,
    )) as State
  const first = await state()
  await reopen()
  assert.deepEqual(await state(), first)
  await query('postgres', superuser, `drop database ${databaseName} with (force)`)
  await reopen()
  const third = await state()
  assert.notEqual(third.database, first.database)
  assert.equal(third.migrations, first.migrations)
  await assert.rejects(query('postgres', 'portal_app', 'select'), { code: '42501' })
})

/** A server that answers what comes with these messages, one after the other (PostgreSQL's protocol, 54.2 and 54.7). */
async function answeringServer(answers: readonly Buffer[], asks = ''): Promise<{ url: string; close: () => void }> {
  const clients = new Set<Socket>()
  const server = createServer((client) => {
    clients.add(client)
    const left = [...answers]
    client.on('error', () => undefined).on('data', () => client.write(left.shift() ?? ''))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const at = typeof address === 'object' ? address?.port : address
  return {
    url: `postgres://portal_owner@127.0.0.1:${at}/x${asks}`,
    close() {
      server.close()
      // Whoever has refused an answer of ours need not have hung up.
      for (const client of clients) client.destroy()
    },
  }
}

/** R, its length, which step of the login it is, and what belongs to that. */
function login(step: number, rest: string): Buffer {
  const message = Buffer.from(`R........${rest}`)
  message.writeUInt32BE(message.length - 1, 1)
  message.writeUInt32BE(step, 5)
  return message
}

const unwilling = [
  {
    why: 'asks for a password that is not there',
    answers: [login(10, 'SCRAM-SHA-256\0\0'), login(11, 'r=x,s=eA==,i=1')],
    says: /the server asks for a password, and there is none in the address$/,
  },
  {
    why: 'offers no TLS',
    answers: [Buffer.from('N')],
    asks: '?sslmode=verify-full',
    says: /the server offers no TLS, and "sslmode" in the address asks for it$/,
  },
  {
    why: 'speaks no TLS although it said so',
    answers: [Buffer.from('S'), Buffer.from('no TLS at all')],
    asks: '?sslmode=verify-full',
    says: /cannot be opened: .*SSL/,
  },
]
for (const { why, answers, asks, says } of unwilling)
  test(`a server that ${why} is told of in one line`, async () => {
    const server = await answeringServer(answers, asks)
    const database = { appUrl: server.url, ownerUrl: server.url }
    const opening = openDatabases({ dataDir, database }, openLog('silent'), () => undefined)
    await assert.rejects(opening, { name: 'StartProblem', message: says })
    server.close()
  })
