import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, enterPassword, historyOf, isSignedIn, sessionIdOf } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  browser: TestBrowser
  sato: MadeUser
  /** Two browsers of 佐藤's, one of 鈴木's, one of another customer's user's, and a second one of the administrator's. */
  theirs: Record<'first' | 'second' | 'suzuki' | 'stranger' | 'own', TestBrowser>
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田' })
  const { customerId } = administrator
  const [sato, suzuki] = [await make.user({ customerId, name: '佐藤' }), await make.user({ customerId, name: '鈴木' })]
  const stranger = await make.user({ name: '他社' })
  const logIn = async (user: MadeUser): Promise<TestBrowser> => {
    portal.advance(1 * minutes)
    return signIn(portal, user)
  }
  return {
    administrator,
    sato,
    theirs: {
      first: await logIn(sato),
      second: await logIn(sato),
      suzuki: await logIn(suzuki),
      stranger: await logIn(stranger),
      own: await logIn(administrator),
    },
    browser: await logIn(administrator),
  }
}

const openOf = async ({ theirs }: World): Promise<string[]> => {
  const open: string[] = []
  for (const [name, browser] of Object.entries(theirs)) if (await isSignedIn(browser)) open.push(name)
  return open
}
const end = (query: string): string => `${paths.endOpenSessions}?${query}`
const mailsTo = async ({ mail }: MadeUser): Promise<string[]> =>
  (await portal.mailsTo(mail)).map(({ subject }) => subject).filter((each) => each.includes('強制ログアウト'))

test('the list has every open session of the customer, and nobody else’s', async () => {
  const world = await makeWorld()
  const { body } = await world.browser.get(paths.openSessions)
  assert.match(body, /合計 <b>5<\/b>/)
  for (const name of ['山田', '佐藤', '鈴木', 'このブラウザ']) assert(body.includes(name), name)
  assert(!body.includes('他社'))
  const history = await world.browser.get(paths.accessHistory)
  assert.match(history.body, /ログイン中のユーザー 3名/)
  assert.match((await world.browser.get(`${paths.openSessions}?user=${world.sato.id}`)).body, /合計 <b>2<\/b>/)
  assert.match((await world.browser.get(`${paths.openSessions}?q=鈴木`)).body, /合計 <b>1<\/b>/)
  // One that has timed out is open no longer, whether a job has noted it or not.
  portal.advance(61 * minutes)
  await signIn(portal, world.administrator, world.browser)
  assert.match((await world.browser.get(paths.openSessions)).body, /合計 <b>1<\/b>/)
})

test('one is ended: its browser is out at the next request, the user is told, and both histories', async () => {
  const world = await makeWorld()
  const id = await sessionIdOf(database, world.theirs.first)
  const asked = await world.browser.post(paths.openSessions, { session: id, task: 'chosen' })
  assert.equal(asked.location, end(`sessions=${id}`))
  assert.deepEqual((await openOf(world)).length, 5, 'asking ends nothing')
  const { status, location } = await world.browser.post(end(`sessions=${id}`))
  assert.deepEqual([status, location], [303, paths.openSessions])
  assert.deepEqual(await openOf(world), ['second', 'suzuki', 'stranger', 'own'])
  assert((await historyOf(database, world.sato)).includes('sign-out ended-by-administrator'))
  assert.equal((await mailsTo(world.sato)).length, 1)
  const { rows } = await admin.query<{ actor_name: string; after: object }>(
    `select actor_name, after from change_history where subject_id = $1 and action = 'user-signed-out'`,
    [world.sato.id],
  )
  assert.deepEqual(rows, [{ actor_name: '山田', after: { sessions: 1 } }])
})

test('those of one user, and all but the own one here', async () => {
  const world = await makeWorld()
  await world.browser.post(end(`user=${world.sato.id}`))
  assert.deepEqual(await openOf(world), ['suzuki', 'stranger', 'own'])
  assert.equal((await mailsTo(world.sato)).length, 1, 'one mail for all sessions of a user')
  const asked = await world.browser.post(paths.openSessions, { task: 'others' })
  await world.browser.post(asked.location)
  assert.deepEqual(await openOf(world), ['stranger'])
  assert(await isSignedIn(world.browser))
  assert.equal((await world.browser.get(asked.location)).location, paths.openSessions, 'nothing is left to be ended')
})

test('the own session here and another customer’s are none of those that can be ended', async () => {
  const world = await makeWorld()
  for (const id of [
    await sessionIdOf(database, world.browser),
    await sessionIdOf(database, world.theirs.stranger),
    crypto.randomUUID(),
  ]) {
    const { location } = await world.browser.get(end(`sessions=${id}`))
    assert.equal(location, paths.openSessions)
    await world.browser.send(end(`sessions=${id}`), {})
  }
  assert.equal((await openOf(world)).length, 5)
  assert(await isSignedIn(world.browser))
})

test('nothing ticked is said at the list; the second factor is asked for again', async () => {
  const world = await makeWorld()
  const { status, body } = await world.browser.post(paths.openSessions, { task: 'chosen' })
  assert.equal(status, 422)
  assert.match(body, /ログインが選択されていません/)
  portal.advance(11 * minutes)
  assert(asksForFactor(await world.browser.post(end('all=others'))))
  assert.deepEqual((await openOf(world)).length, 5)
})

test('of an ID that nobody has, a customer sees nothing; of its own users all, filtered and as a file', async () => {
  const world = await makeWorld()
  await enterPassword(portal, { mail: 'nobody-has-this@example.com' })
  await enterPassword(portal, world.sato, {
    browser: portal.browser({ ip: '198.51.100.77' }),
    typed: 'wrong password 1',
  })
  const { body } = await world.browser.get(`${paths.accessHistory}?event=failed`)
  assert.match(body, /合計 <b>1<\/b>/)
  assert.match(body, /パスワードの誤り/)
  assert.match(body, /これまでログインのないネットワーク 198\.51\.100\.0\/24 から、佐藤さんのログインが1回失敗しました/)
  const file = await world.browser.get(`${paths.accessHistoryCsv}?result=failure`)
  assert.match(file.headers.get('content-type') ?? '', /text\/csv/)
  assert.deepEqual(file.body.trim().split('\r\n').length, 2)
  assert.match(file.body, /"佐藤","失敗","パスワードの誤り","失敗","","198\.51\.100\.77",/)
  const general = await signIn(portal, world.sato)
  for (const path of [paths.accessHistory, paths.accessHistoryCsv, paths.openSessions, end('all=others')])
    assert.equal((await general.get(path)).status, 403, path)
})
