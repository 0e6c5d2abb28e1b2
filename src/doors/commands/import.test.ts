import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addressesOf, customer, type ImportTest, openImportTest } from '#test/import-file.ts'
import { testUrl } from '#test/portal.ts'
import { type Ended, typed } from '#test/typed.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

function keyHolder(...args: string[]): Promise<Ended> {
  const key = Buffer.alloc(32, 7).toString('base64')
  return typed({ ...addressesOf(world), PORTAL_URL: testUrl.href, SECRET_KEY: key }, ...args)
}

test('of several files it is said which are in; a trial keeps none, and why a notice failed stands in the list', async () => {
  const [good, wrong] = [
    customer('said-in'),
    { code: 'said-out', name: 'x', contracts: [{ number: 'X', service: 'no' }] },
  ]
  const paths = [await world.write({ customers: [good] }), await world.write({ customers: [wrong] })]
  assert.match((await keyHolder('import', '--dry-run', paths[0] ?? '')).output, /Nothing was kept.*\n.*\n?.*created/s)
  assert.deepEqual(await world.query(sql`select from customer where code = 'said-in'`), [])
  const { exitCode, output, problems } = await keyHolder('import', ...paths)
  assert.equal(exitCode, 1)
  assert.match(output, /contracts +2 +0 +0\n/)
  assert.match(
    (await keyHolder('import', '--dry-run', paths[0] ?? '')).output,
    /\nNothing was kept, and nothing would be made or changed\.\n$/,
  )
  assert.match(problems, new RegExp(`Taken: ${paths[0]}\\. Not taken: ${paths[1]}\\.`))
  await world.query(sql`update mail set state = 'refused', last_problem = 'EENVELOPE RCPT TO 550 no such user'
    where recipient = 'anna@said-in.example'`)
  assert.match(
    (await keyHolder('users', '--customer', 'said-in')).output,
    /refused: EENVELOPE RCPT TO 550 no such user\n/,
  )
})

test('of two faulty files each fault is told, in the order given, before anything is taken', async () => {
  const paths = [
    await world.write({ customers: [customer('not-taken')] }),
    await world.write({ customers: [{ code: 'nameless' }] }),
    '/nowhere/file.json',
  ]
  const { exitCode, problems } = await keyHolder('import', ...paths)
  assert.equal(exitCode, 1)
  assert.deepEqual(problems.split('\n').slice(0, 2), [
    `${paths[1]}:3: customers[0].name is missing`,
    '/nowhere/file.json: there is no such file',
  ])
  assert.deepEqual(await world.query(sql`select from customer where code = 'not-taken'`), [])
})
