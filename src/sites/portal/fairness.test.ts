import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

test('somebody whose requests are slow keeps nobody else waiting, and is answered in the end', async () => {
  const [greedy, other] = [await signIn(portal, await make.user()), await signIn(portal, await make.user())]
  const admin = superuserOf(database)
  await admin.query('begin')
  await admin.query('lock table ticket in access exclusive mode')
  const slow = Array.from({ length: 40 }, () => greedy.get(paths.tickets))
  const answers = await Promise.all([
    other.get(paths.profile),
    other.get(paths.display),
    portal.browser().get('/login'),
  ])
  await admin.query('rollback')
  await admin.end()
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  for (const { status } of await Promise.all(slow)) assert.equal(status, 200)
})
