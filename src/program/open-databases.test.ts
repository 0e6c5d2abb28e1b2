import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { findEmbeddedPostgres } from './embedded-postgres.ts'
import { openLog } from '#platform/log.ts'
import { databaseName, type Databases, openDatabases } from './open-databases.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-test-'))
chmodSync(dataDir, 0o755)
let databases: Databases

before(async () => {
  databases = await openDatabases({ dataDir }, openLog('silent'), () => undefined)
})
after(async () => {
  await databases.close()
  rmSync(dataDir, { recursive: true })
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
