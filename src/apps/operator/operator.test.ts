import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { loginHash } from '#features/sign-in/login-id.ts'
import { secretsOf } from '#platform/secrets.ts'
import { customer, type ImportTest, openImportTest } from '#test/import-file.ts'

const key = randomBytes(32)
let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

for (const command of [[], ['init-database'], ['import'], ['users'], ['unlock']]) {
  test(`${command.join() || 'the command line'} tells how it is used`, async () => {
    const { exitCode, output } = await operator(...command, '--help')
    assert.equal(exitCode, 0)
    assert.match(output, new RegExp(`^Usage: npm run operator -- ${command.join() || 'COMMAND'}`))
  })
}

for (const typed of [
  ['nonsense'],
  ['import'],
  ['import', '--nope'],
  ['users', 'anna'],
  ['unlock'],
  ['init-database'],
]) {
  test(`"${typed.join(' ')}" is told to be typed wrongly`, async () => {
    assert.equal((await operator(...typed)).exitCode, 2)
  })
}

test('a faulty file ends with 1 and the line', async () => {
  const path = await world.write({ customers: [{ code: 'acme' }] })
  const { exitCode, problems } = await operator('import', path)
  assert.deepEqual([exitCode, problems], [1, `${path}:3: customers[0].name is missing\n`])
})

test('an import says what came of it', async () => {
  const acme = customer('acme')
  assert.match((await operator('import', await world.write({ customers: [acme] }))).output, /contracts +2 +0 +0\n/)
  const contracts = acme.contracts.slice(1)
  const { exitCode, output } = await operator('import', await world.write({ customers: [{ ...acme, contracts }] }))
  assert.equal(exitCode, 0)
  assert.match(output, new RegExp(`nothing was deleted\\):\n  contracts of acme: ${acme.contracts[0]?.number}\n`))
})

test('a locked user is listed as such, unlocked, and the access history notes it', async () => {
  await world.bring({ customers: [customer('locked')] })
  const locked = { login_hash: loginHash(secretsOf([key]), 'anna@locked.example'), failures: 5, touched_at: new Date() }
  await world.database.operator.transaction((tx) =>
    tx
      .insertInto('sign_in_guard')
      .values({ ...locked, locked_until: new Date(Date.now() + 1e6) })
      .execute(),
  )
  assert.match(
    (await operator('users', '--customer', 'locked')).output,
    /anna@locked\.example +Anna .* locked +- +locked\n/,
  )
  assert.equal((await operator('unlock', 'Anna@locked.example')).exitCode, 0)
  assert.doesNotMatch((await operator('users', '--customer', 'locked')).output, /, locked/)
  const history = await world.database.operator.transaction((tx) =>
    tx.selectFrom('access_history').select(['event', 'user_name']).execute(),
  )
  assert.deepEqual(history, [{ event: 'unlocked', user_name: 'Anna' }])
})

test('who does not exist cannot be unlocked', async () => {
  const { exitCode, problems } = await operator('unlock', 'nobody@example.com')
  assert.deepEqual([exitCode, problems], [1, 'No user has the mail address nobody@example.com.\n'])
})

async function operator(...args: string[]): Promise<{ exitCode: number | null; output: string; problems: string }> {
  const { ownerConfig, appConfig } = world.database
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/apps/operator/operator.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: urlOf(appConfig),
      DATABASE_OWNER_URL: urlOf(ownerConfig),
      PORTAL_URL: 'https://portal.example.jp',
      SETTINGS_URL: 'https://settings.example.jp',
      SECRET_KEY: key.toString('base64'),
    },
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [exitCode, output, problems] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return { exitCode, output, problems }
}

function urlOf({ host = '', port, user, database }: ImportTest['database']['ownerConfig']): string {
  return `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`
}
