import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressesOf, openImportTest } from '#test/import-file.ts'
import { makeDataDir } from '#test/program.ts'
import { superuserOf } from '#test/superuser.ts'
import { typed } from '#test/typed.ts'

test('whoever names a folder without a database is told that an empty one was made, once', async (t) => {
  await using ends = new AsyncDisposableStack()
  const folder = makeDataDir(ends)
  const { mock } = t.mock.method(process.stderr, 'write', () => true)
  for (let i = 0; i < 2; i++) assert.equal((await typed({ DATA_DIR: folder }, 'users')).exitCode, 0)
  const told = mock.calls.map(({ arguments: [line] }) => String(line)).filter((line) => line.includes(folder))
  assert.deepEqual(told, [
    `There was no database in ${folder}: an empty one is made. The portal's is found by its DATA_DIR.\n`,
  ])
})

test('no command works on the database of another version, older or newer', async () => {
  await using ends = new AsyncDisposableStack()
  const world = ends.use(await openImportTest())
  const admin = superuserOf(world.database)
  ends.defer(() => admin.end())
  for (const statement of [
    'delete from migration where name = (select max(name) from migration)',
    `insert into migration (name, sha256) values ('9999_newer.sql', '')`,
  ]) {
    await admin.query(statement)
    const { exitCode, output, problems } = await typed(addressesOf(world), 'users')
    assert.deepEqual([exitCode, output], [1, ''])
    assert.match(problems, /^The database is not that of this version of the program: start the portal .*\n$/)
  }
})
