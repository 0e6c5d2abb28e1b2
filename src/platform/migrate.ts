import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMigrations as installJobTables } from 'graphile-worker'
import type pg from 'pg'
import { openPool } from './database.ts'

const folder = new URL('../../database/migrations/', import.meta.url)

interface Migration {
  name: string
  text: string
  sha256: string
}

/**
 * Brings the database to the state the program expects. Safe to call from several processes at once.
 * Answers the server's version, such as 180004.
 *
 * Throws when a migration that has run was edited since, or when the database knows one that this program does not.
 */
export async function migrate(owner: pg.ClientConfig): Promise<number> {
  const pool = openPool({ ...owner, max: 2 })
  const client = await pool.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('madoguchi.migrate'))`)
    const migrations = await readMigrations()
    const known = await readApplied(client)
    expectSameHistory(migrations, known)
    const due = migrations.slice(known.size)
    if (due.length > 0) await installJobTables({ pgPool: pool })
    for (const migration of due) await apply(client, migration)
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::integer as version`,
    )
    return rows[0]?.version ?? 0
  } finally {
    client.release(true)
    await pool.end()
  }
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function readApplied(client: pg.ClientBase): Promise<Map<string, string>> {
  await client.query(
    `create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  )
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  )
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

function expectSameHistory(migrations: Migration[], known: Map<string, string>): void {
  const here = new Map(migrations.map(({ name, sha256 }) => [name, sha256]))
  for (const [name, sha256] of known) {
    if (!here.has(name))
      throw new Error(
        `The database has the migration ${name}, which this program does not know: it belongs to a newer version.`,
      )
    if (here.get(name) !== sha256)
      throw new Error(`The migration ${name} was changed after it had run. Put it back and add a new one.`)
  }
}

async function apply(client: pg.ClientBase, { name, text, sha256 }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('not committed')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The migration ${name} failed`, { cause: error })
  }
}
