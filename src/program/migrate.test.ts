import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { superuser } from './embedded-postgres/initialise.ts'
import { initDatabase } from './init-database.ts'
import { isStartProblem } from '#platform/start-problem.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { migrate } from './migrate.ts'

let database: TestDatabase
let admin: pg.Pool
let owner: pg.ClientConfig
const name = `test_${randomUUID().replaceAll('-', '')}`

before(async () => {
  database = await testDatabase()
  await initDatabase({ ...database.ownerConfig, user: superuser, database: 'postgres' }, name, [])
  owner = { ...database.ownerConfig, database: name }
  admin = superuserOf({ ownerConfig: owner })
})
after(async () => {
  await admin.end()
  await using server = Object.assign(superuserOf(database), { [Symbol.asyncDispose]: () => server.end() })
  await server.query(`drop database ${name} with (force)`)
  await database[Symbol.asyncDispose]()
})

/** Migrates with a folder that has these and no others. */
async function migrateWith(migrations: Record<string, string>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-migrations-'))
  try {
    for (const [base, text] of Object.entries(migrations)) await writeFile(join(folder, `${base}.sql`), text)
    await migrate(owner, pathToFileURL(`${folder}/`))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function tables(): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  return rows.map((row) => row.name)
}

function problem(line: RegExp): (error: unknown) => true {
  return (error) => {
    assert(isStartProblem(error), String(error))
    assert.match(error.message, line)
    return true
  }
}

test('a server that is too old is refused before anything is done', async () => {
  // Stands before the real one on the search path.
  await admin.query(`create schema old;
    create function old.current_setting(text) returns text language sql as $$ select '16.9' $$;
    grant usage on schema old to portal_owner`)
  const options = '-c search_path=old,pg_catalog,public'
  await assert.rejects(migrate({ ...owner, options }), problem(/^PostgreSQL 17 or newer is needed; this is 16\.9\.$/))
  assert.deepEqual(await tables(), [])
})

const first = { m2: 'create table two ()', m4: 'alter table two add column four integer' }
const later = { ...first, m5: 'create table five ()' }

test('each migration runs once, in the order of the names, however many processes begin', async () => {
  await Promise.all([migrateWith(first), migrateWith(first)])
  assert.deepEqual(await tables(), ['migration', 'two'])
  await migrateWith(later)
  await migrateWith(later)
  assert.deepEqual(await tables(), ['five', 'migration', 'two'])
})

test('one that fails leaves nothing behind, and is due again', async () => {
  await assert.rejects(migrateWith({ ...later, m6: 'create table six (); select 1 / 0' }), /m6\.sql failed/)
  assert.deepEqual(await tables(), ['five', 'migration', 'two'])
  await migrateWith({ ...later, m6: 'create table six ()' })
  assert.deepEqual(await tables(), ['five', 'migration', 'six', 'two'])
})

const all = { ...later, m6: 'create table six ()' }
const seven = { m7: 'create table seven ()' }
const otherHistories: [what: string, migrations: Record<string, string>, line: RegExp][] = [
  ['one that the program does not know', { ...later, ...seven }, /m6\.sql, which this program does not know/],
  ['one that was edited', { ...all, ...seven, m2: 'create table to ()' }, /m2\.sql, which was changed after/],
  ['a due one before one that has run', { ...all, ...seven, m3: 'create table three ()' }, /not m3\.sql, which comes/],
  ['one renamed', { ...later, ...seven, m8: all.m6 }, /m6\.sql, which this program does not know/],
]

for (const [what, migrations, line] of otherHistories) {
  test(`refused, with nothing changed: ${what}`, async () => {
    await assert.rejects(migrateWith(migrations), problem(line))
    assert.deepEqual(await tables(), ['five', 'migration', 'six', 'two'])
  })
}
