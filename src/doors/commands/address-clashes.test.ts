import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import { addressesOf, customer, type ImportTest, openImportTest } from '#test/import-file.ts'
import { superuserOf } from '#test/superuser.ts'
import { addressClashesCommand } from './address-clashes.ts'
import { Failure } from './command.ts'

let world: ImportTest
before(async () => {
  world = await openImportTest()
  await world.bring({ customers: [customer('asking'), customer('other')] })
  const admin = superuserOf(world.database)
  await admin.query(`insert into address_clash (customer_id, at, user_id, mail)
    select customer_id, '2026-11-21T15:00:00Z', id, 'bob@other.example' from portal_user where login_id = 'anna@asking.example'`)
  await admin.end()
})
after(() => world[Symbol.asyncDispose]())

/** What the command prints, at a minute after the clashes of the tests. */
async function told(t: TestContext, ...args: string[]): Promise<string> {
  const { mock } = t.mock.method(console, 'log', () => undefined)
  await addressClashesCommand.run(args, {
    environment: addressesOf(world),
    folder: '',
    now: new Date('2026-11-21T15:01:00Z'),
    interrupted: new AbortController().signal,
  })
  return mock.calls.map(({ arguments: [line] }) => `${String(line)}\n`).join('')
}

const listed = String.raw`^TIME .*\n2026-11-22 00:00:00\+09:00 +asking +anna@asking\.example +bob@other\.example +1\n`

test('who gave an address of another customer is listed', async (t) => {
  assert.match(await told(t), new RegExp(`${listed}$`))
})

test('who may give no more is listed with the time when that ends, until the operator ends it', async (t) => {
  const admin = superuserOf(world.database)
  await admin.query(`insert into address_budget (customer_id, user_id, given)
    select customer_id, user_id, array_fill('2026-11-21T15:00:00Z'::timestamptz, array[most])
    from portal_user u, lateral (values (u.id, 10), (null, 30)) as bounds(user_id, most) where login_id = 'anna@asking.example'
    union all select customer_id, id, array_fill('2026-11-21T15:00:00Z'::timestamptz, array[9])
    from portal_user where login_id = 'anna@other.example'`)
  await admin.end()
  const ends = String.raw`\nREFUSED UNTIL .*\n2026-11-23 00:00:00\+09:00 +asking +anna@asking\.example\n2026-11-23 00:00:00\+09:00 +asking +all\n$`
  assert.match(await told(t), new RegExp(listed + ends))
  assert.equal(await told(t, '--refill', 'asking'), 'The administrators of asking may give addresses again.\n')
  assert.match(await told(t), new RegExp(`${listed}$`))
  await assert.rejects(told(t, '--refill', 'nobody'), new Failure('There is no customer nobody.'))
})
