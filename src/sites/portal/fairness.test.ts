import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import type { TestBrowser } from '#test/test-browser.ts'
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

test('one user with many sessions fills nobody else’s line: past it the answer is 503 at once, with Retry-After', async () => {
  const customerId = await make.customer()
  const [user, colleague] = [await make.user({ customerId }), await make.user({ customerId })]
  // One after another, for each login takes the newest code.
  const sessions: TestBrowser[] = []
  while (sessions.length < 8) sessions.push(await signIn(portal, user))
  for (const session of sessions) assert.equal((await session.get(paths.profile)).status, 200)
  const [other, stranger] = [await signIn(portal, colleague), portal.browser()]
  const { answers, beside } = await withLocked('ticket', async () => {
    const flood = Array.from({ length: 80 }, (_, turn) => sessions[turn % 8]?.get(paths.tickets) ?? assert.fail())
    // One at work and fifty in line: the others are refused while these stand still.
    const refused = await Promise.all(flood.slice(51))
    for (const { status, headers, body } of refused) {
      assert.deepEqual([status, headers.get('retry-after')], [503, '5'])
      assert.match(body, /ただいまご利用いただけません/)
    }
    const tooLong = await sessions[0]?.post(paths.display, { theme: 'x'.repeat(70_000) })
    assert.equal(tooLong?.status, 503, 'refused before it is read')
    return { answers: flood, beside: await Promise.all([other.get(paths.profile), stranger.get(paths.signIn)]) }
  })
  assert.deepEqual(
    beside.map(({ status }) => status),
    [200, 200],
  )
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, 51)
})

test('strangers fill nobody else’s line, and those of one network not that of others', async () => {
  const user = await signIn(portal, await make.user())
  const { answers, beside } = await withLocked('operator', async () => {
    const flood = Array.from({ length: 80 }, () => portal.browser({ ip: '198.51.100.7' }).get(paths.signIn))
    for (const { status } of await Promise.all(flood.slice(51))) assert.equal(status, 503)
    const late = portal.browser({ ip: '203.0.113.8' }).get(paths.signIn)
    return { answers: [...flood.slice(0, 51), late], beside: await user.get(paths.session) }
  })
  assert.equal(beside.status, 200)
  for (const { status } of await Promise.all(answers)) assert.equal(status, 200)
})

/** Does a work while nobody can read a table. */
async function withLocked<T>(table: 'operator' | 'ticket', work: () => Promise<T>): Promise<T> {
  const admin = superuserOf(database)
  await admin.query('begin')
  await admin.query(`lock table ${table} in access exclusive mode`)
  try {
    return await work()
  } finally {
    await admin.query('rollback')
    await admin.end()
  }
}
