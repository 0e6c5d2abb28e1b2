import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { superuser } from '#program/embedded-postgres/initialise.ts'
import { initDatabase } from '#program/init-database.ts'
import { migrate } from '#program/migrate.ts'
import { catalogueOf } from '#test/catalogue.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'

const folder = join(import.meta.dirname, 'migrations')
const list = join(import.meta.dirname, 'landed', 'migrations.sha256')
const names = readdirSync(folder).toSorted()

/** As `sha256sum` writes it. */
const lineOf = (name: string): string =>
  `${createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex')}  ${name}`

// WRITE_LANDED=1 npm test -- database/landed.test.ts adds the lines of new migrations, and changes none that stands there.
test('no migration that has landed was edited, and each that is here is in the list', () => {
  const landed = readFileSync(list, 'utf8').trimEnd().split('\n')
  const added = names.slice(landed.length).map(lineOf)
  if (process.env.WRITE_LANDED) writeFileSync(list, [...landed, ...added, ''].join('\n'))
  else assert.deepEqual(added, [], 'WRITE_LANDED=1 npm test -- database/landed.test.ts adds them')
  assert.deepEqual(names.slice(0, landed.length).map(lineOf), landed)
})

/** The state of which there are rows. */
const lastOfState = '0020_change_history_chain.sql'
const rowsOfState = readFileSync(join(import.meta.dirname, 'landed', 'rows-at-0020.sql'), 'utf8')

let fresh: TestDatabase
let old: pg.Pool
const name = `test_${randomUUID().replaceAll('-', '')}`

before(async () => {
  fresh = await testDatabase()
  await initDatabase({ ...fresh.ownerConfig, user: superuser, database: 'postgres' }, name, [])
  old = superuserOf({ ownerConfig: { ...fresh.ownerConfig, database: name } })
})
after(async () => {
  await old.end()
  const server = superuserOf(fresh)
  await server.query(`drop database ${name} with (force)`)
  await server.end()
  await fresh[Symbol.asyncDispose]()
})

test('a database of the landed state with a little of everything becomes like a new one, and loses nothing', async () => {
  const owner = { ...fresh.ownerConfig, database: name }
  await migrateUntil(lastOfState, owner)
  await old.query(rowsOfState)
  const earlier = await tablesIn(old)
  assert.deepEqual(
    earlier.filter(({ rows }) => rows.length === 0).map(({ name: empty }) => empty),
    [],
    'tables without a row',
  )
  await migrate(owner)
  const later = await tablesIn(old)
  for (const { oid, name: table, rows } of earlier) {
    const kept = later.find((one) => one.oid === oid)?.rows ?? assert.fail(`${table} is gone`)
    assert(kept.length >= rows.length, `${table} has lost rows`)
    for (const row of rows)
      assert(
        kept.some((one) => agree(row, one)),
        `${table} has lost or changed ${JSON.stringify(row)}`,
      )
  }
  const admin = superuserOf(fresh)
  assert.deepEqual(await catalogueOf(old), await catalogueOf(admin))
  assert.deepEqual(await catalogueOf(old), await catalogueOf(admin))
  await admin.end()
})

/** With the migrations up to this one, as if there were no others. */
async function migrateUntil(last: string, owner: pg.ClientConfig): Promise<void> {
  const until = mkdtempSync(join(tmpdir(), 'madoguchi-migrations-'))
  try {
    for (const one of names.filter((each) => each <= last)) copyFileSync(join(folder, one), join(until, one))
    await migrate(owner, pathToFileURL(`${until}/`))
  } finally {
    rmSync(until, { recursive: true })
  }
}

/** Known by its oid and its columns by their numbers, which they keep when they are renamed. */
interface Table {
  oid: number
  name: string
  rows: Row[]
}

type Row = Record<number, unknown>

async function tablesIn(database: pg.Pool): Promise<Table[]> {
  const { rows: found } = await database.query<Omit<Table, 'rows'>>(`select oid::integer, relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`)
  const tables: Table[] = []
  for (const table of found) {
    const { rows } = await database.query<{ row: Row }>(
      `select (select jsonb_object_agg(attnum, to_jsonb(t) -> attname) from pg_attribute
        where attrelid = $1 and attnum > 0 and not attisdropped) as row from ${table.name} t`,
      [table.oid],
    )
    tables.push({ ...table, rows: rows.map(({ row }) => row) })
  }
  return tables
}

/** Whether two rows are the same in what both have. */
function agree(one: Row, other: Row): boolean {
  const common = Object.entries(one).filter(([column]) => column in other)
  return common.length > 0 && common.every(([column, value]) => isDeepStrictEqual(value, other[Number(column)]))
}
