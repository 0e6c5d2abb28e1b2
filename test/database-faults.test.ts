import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDatabase } from '#platform/database/database.ts'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from './database.ts'
import { makerOf, signIn } from './make.ts'
import { testPortal } from './portal.ts'
import { superuserOf } from './superuser.ts'
import type { Answer } from './test-browser.ts'

const database = await testDatabase()
const admin = superuserOf(database)
const make = makerOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

function assertComeBack({ status, headers, body }: Answer): void {
  assert.equal(status, 503)
  assert.match(headers.get('retry-after') ?? '', /^\d+$/)
  assert.doesNotMatch(body, /E-[\w-]{8}/)
}

/** Puts the device that is always full in the place of a table's file. Answers what makes room again. */
async function fill(table: string): Promise<() => Promise<void>> {
  const { rows } = await admin.query<{ folder: string; path: string }>(
    `select current_setting('data_directory') as folder, pg_relation_filepath($1) as path`,
    [table],
  )
  const file = rows.map(({ folder, path }) => join(folder, path))[0] ?? assert.fail()
  const closeFile = (): Promise<unknown> => admin.query(`alter table ${table} set (fillfactor = 100)`)
  await closeFile()
  await rename(file, `${file}.kept`)
  await symlink('/dev/full', file)
  return async () => {
    await rename(`${file}.kept`, file)
    await closeFile()
  }
}

test('on a full disk what writes is answered 503, what reads goes on, and all goes on when there is room', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('this system has no disk that is always full')
  const portal = await testPortal(database)
  const browser = await signIn(portal, await make.user())
  const give = (): Promise<Answer> => browser.post('/feedback', { text: '見やすいです' })
  const makeRoom = await fill('feedback')
  try {
    for (let times = 0; times < 12; times++) assertComeBack(await give())
    assert.equal((await browser.get('/services')).status, 200)
    assert.equal((await browser.get('/feedback')).status, 200)
  } finally {
    await makeRoom()
  }
  for (let times = 0; times < 3; times++) assert.equal((await give()).status, 303)
  const { rowCount } = await admin.query('select from feedback')
  assert.equal(rowCount, 3)
})

test('while the server’s processes stand still their requests are answered 503, and others get new ones', async () => {
  const app = openDatabase({ connection: database.appConfig, patience: 0.5 * seconds })
  const portal = await testPortal({ ...database, app })
  const browser = await signIn(portal, await make.user())
  await Promise.all([1, 2, 3].map(() => browser.get('/services')))
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and usename = 'portal_app'`,
  )
  assert(rows.length > 1)
  for (const { pid } of rows) process.kill(pid, 'SIGSTOP')
  try {
    let answer = await browser.get('/services')
    assertComeBack(answer)
    for (let times = 1; answer.status !== 200 && times <= rows.length; times++) answer = await browser.get('/services')
    assert.equal(answer.status, 200)
  } finally {
    for (const { pid } of rows) process.kill(pid, 'SIGCONT')
  }
  assert.equal((await browser.get('/services')).status, 200)
  await app.close()
})
