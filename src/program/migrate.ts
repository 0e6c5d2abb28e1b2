import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { runMigrations as installJobTables } from 'graphile-worker'
import pg from 'pg'
import { isGivingWay } from '#platform/database/faults.ts'
import { openPool } from '#platform/database/pool.ts'
import { seconds } from '#platform/time/duration.ts'
import { expectSupportedServer } from './server-version.ts'
import { type StartProblem, startProblem } from '#platform/start-problem.ts'

const ownMigrations = new URL('../../database/migrations/', import.meta.url)

interface Migration {
  name: string
  text: string
  sha256: string
}

/**
 * Brings the database to the state the program expects. Safe to call from several processes at once, and while requests run.
 *
 * Throws a StartProblem when the server is too old, or when the database has had other migrations than this program has:
 * one that it does not know, one that was edited since, or one that belongs after another which is still due.
 */
export async function migrate(owner: pg.ClientConfig, folder: URL = ownMigrations): Promise<void> {
  const pool = openPool({ ...owner, max: 2 })
  const client = await pool.connect()
  try {
    await expectSupportedServer(client)
    await client.query(`select pg_advisory_lock(hashtext('madoguchi.migrate'))`)
    const migrations = await readMigrations(folder)
    const applied = await readApplied(client)
    expectSameHistory(migrations, applied)
    const due = migrations.filter(({ name }) => !applied.has(name))
    if (due.length > 0) await installJobTables({ pgPool: pool })
    for (const migration of due) await apply(client, migration)
  } finally {
    client.release(true)
    await pool.end()
  }
}

/** Whether every migration has run, and with them what comes before: the database and its roles. */
export async function isMigrated(owner: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(owner)
  // A server that refuses has closed the connection: to end it would fail to write, and Node would read all source maps for the
  // stack of that failure (its streams touch it), which takes 0.1 s and 28 MB for as long as the process lives.
  if (!(await succeeds(client.connect(), ['28000', '3D000']))) return false
  try {
    await expectSupportedServer(client)
    const applied = client.query<Applied>(selectApplied)
    if (!(await succeeds(applied, ['42P01']))) return false
    const known = await readMigrations(ownMigrations)
    return isDeepStrictEqual(
      (await applied).rows,
      known.map(({ name, sha256 }) => ({ name, sha256 })),
    )
  } finally {
    await client.end()
  }
}

/** False: it fails because there is no such role, no such database, or no such table. */
async function succeeds(work: Promise<unknown>, missing: readonly string[]): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && missing.includes(error.code ?? '')) return false
    throw error
  }
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

type Applied = Pick<Migration, 'name' | 'sha256'>

const selectApplied = 'select name, sha256 from migration order by name'

async function readApplied(client: pg.ClientBase): Promise<Map<string, string>> {
  await client.query(
    `create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  )
  const { rows } = await client.query<Applied>(selectApplied)
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

function expectSameHistory(migrations: Migration[], applied: Map<string, string>): void {
  const here = new Map(migrations.map(({ name, sha256 }) => [name, sha256]))
  const due = migrations.find(({ name }) => !applied.has(name))
  for (const [name, sha256] of applied) {
    if (!here.has(name))
      throw otherHistory(`the migration ${name}, which this program does not know: it belongs to a newer version`)
    if (here.get(name) !== sha256) throw otherHistory(`the migration ${name}, which was changed after it had run`)
    if (due && due.name < name)
      throw otherHistory(`the migration ${name} and not ${due.name}, which comes before it: give that a later number`)
  }
}

function otherHistory(what: string): StartProblem {
  return startProblem('database-failed', `The database has ${what}. Nothing was changed.`)
}

/** How often a migration is begun when running requests are in its way, and how long they may go on before the next try. */
const mostTries = 100
const pause = 1 * seconds

async function apply(client: pg.ClientBase, migration: Migration, tries = 1): Promise<void> {
  const { name, text, sha256 } = migration
  try {
    await client.query('begin')
    await client.query(waitBriefly)
    if (tries > 1) await client.query(keepRequestsOut)
    await client.query(text)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('not committed')
  } catch (error) {
    await client.query('rollback')
    if (!isGivingWay(error) || tries === mostTries) throw new Error(`The migration ${name} failed`, { cause: error })
    await wait(pause)
    await apply(client, migration, tries + 1)
  }
}

/**
 * Who waits for a table keeps all those waiting who come later. With half the patience that the server has with those who wait
 * for each other, it is the migration that gives way and not a request.
 */
const waitBriefly = `select set_config('lock_timeout',
  (extract(epoch from current_setting('deadlock_timeout')::interval) * 500)::integer::text, true)`

/** A request begins by looking for its session: those under way end, and the others wait at the door. */
const keepRequestsOut = `do $$ begin
  if to_regclass('public.session') is not null then lock table public.session; end if;
end $$`
