import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runCommandLine } from '#doors/commands/command-line.ts'
import { openLog } from '#platform/log.ts'
import { isStartProblem } from '#platform/start-problem.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { urlOf } from '#test/import-file.ts'
import { type Pooler, startPooler } from '#test/pooler.ts'
import { runProgram } from '#test/program.ts'
import { type Databases, openDatabases } from './open-databases.ts'

let database: TestDatabase
let pooler: Pooler

before(async () => {
  database = await testDatabase()
  pooler = await startPooler(database.ownerConfig)
})
after(async () => {
  await pooler[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const line = /^The database works for us as portal_owner, not as portal_operator: DATABASE_OWNER_URL, or a pooler .+$/

const place = (): { appUrl: string; ownerUrl: string } => ({
  appUrl: urlOf(database.appConfig),
  ownerUrl: urlOf(database.ownerConfig),
})

const behindPooler = (): { appUrl: string; ownerUrl: string } => {
  const { port } = pooler
  const at = { host: '127.0.0.1', port }
  return { appUrl: urlOf({ ...database.appConfig, ...at }), ownerUrl: urlOf({ ...database.ownerConfig, ...at }) }
}

const open = (at: { appUrl: string; ownerUrl: string }): Promise<Databases> =>
  openDatabases({ dataDir: '', database: at }, openLog('silent'), () => undefined)

const isTheLine = (error: unknown): boolean => isStartProblem(error) && line.test(error.message)

test('behind a pooler that drops the role nothing is opened', async () => {
  await assert.rejects(open(behindPooler()), isTheLine)
})

test('behind such a pooler the program does not start, and says why in one line', async () => {
  const { appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = behindPooler()
  const { code, output, errors } = await runProgram({ DATABASE_URL, DATABASE_OWNER_URL, DEMO: 'on' }, 'worker')
  assert.deepEqual([code, output], [1, ''])
  assert.match(errors.trimEnd(), line)
})

for (const command of [['users'], ['feedback'], ['unlock', 'anna@example.com'], ['verify-history']]) {
  test(`behind such a pooler the command "${command.join(' ')}" does nothing, and says why in one line`, async () => {
    const { appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = behindPooler()
    const said: string[] = []
    const complaints: string[] = []
    const exitCode = await runCommandLine(
      command,
      { say: (text) => said.push(text), complain: (text) => complaints.push(text) },
      {
        environment: { DATABASE_URL, DATABASE_OWNER_URL, SECRET_KEY: Buffer.alloc(32).toString('base64') },
        folder: '.',
        now: new Date(),
        interrupted: new AbortController().signal,
      },
    )
    assert.deepEqual([exitCode, said, complaints.length], [1, [], 1])
    assert.match(complaints[0] ?? '', line)
  })
}

test('an address whose own options take the place of ours is refused likewise', async () => {
  const { appUrl, ownerUrl } = place()
  await assert.rejects(open({ appUrl, ownerUrl: `${ownerUrl}?options=-c%20search_path%3Dpublic` }), isTheLine)
})

test('an address that names another user, or no database, is refused in one line that names the setting', async () => {
  const { appUrl, ownerUrl } = place()
  const refused = (at: Parameters<typeof open>[0], message: RegExp): Promise<void> =>
    assert.rejects(open(at), { name: 'StartProblem', message })
  const another = /^DATABASE_OWNER_URL: its user is portal_app, and has to be portal_owner\.$/
  await refused({ appUrl, ownerUrl: appUrl }, another)
  await refused({ appUrl: ownerUrl, ownerUrl }, /^DATABASE_URL: its user is portal_owner, and has to be portal_app\.$/)
  const nowhere = (url: string): string => url.replace(/\/[^/?]+(\?|$)/, '/nowhere$1')
  await refused({ appUrl, ownerUrl: nowhere(ownerUrl) }, /^DATABASE_OWNER_URL: .*"nowhere" does not exist$/)
  await refused({ appUrl: nowhere(appUrl), ownerUrl }, /^DATABASE_URL: .*"nowhere" does not exist$/)
})

test('at the server itself it is opened', async () => {
  const databases = await open(place())
  await databases.close()
})
