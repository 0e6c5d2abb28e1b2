import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import ipaddr from 'ipaddr.js'
import { mostPerNetwork } from '#features/first-login/request-url.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { formOf, historyOf, isSignedIn } from '#test/sign-in.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'

// Behind a proxy that is trusted, and whose word of who asks cannot be read.

const database = await testDatabase()
const portal = await testPortal(database, { trustedProxies: [ipaddr.parseCIDR('10.0.0.0/8')] })
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const proxy = '10.0.0.1'
const unreadable = [
  'unknown',
  '203.0.113.5:443',
  '_hidden',
  '203.0.113.300',
  '0x7f.1',
  '192.0.2.9, nonsense',
  '[2001:db8::1]',
]

const nobody = '0.0.0.0'

/** Fills in the form as it stands, through the proxy, which says this of who asks. */
async function sendThrough(path: string, fields: Record<string, string>, forwarded?: string): Promise<Answer> {
  return sendBy(portal.browser({ ip: proxy }), path, { fields, forwarded })
}

async function sendBy(
  browser: TestBrowser,
  path: string,
  { fields, forwarded }: { fields: Record<string, string>; forwarded: string | undefined },
): Promise<Answer> {
  const form = await formOf(browser, path)
  return browser.send(path, { ...form, ...fields }, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded })
}

async function addressesOf(user: MadeUser): Promise<string[]> {
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('access_history').where('user_id', '=', user.id).select('ip').distinct().execute(),
  )
  return rows.map(({ ip }) => String(ip))
}

test('failures count whatever is said, and the history names nobody’s address', async () => {
  const user = await make.user()
  for (const said of unreadable)
    await sendThrough('/login', { username: user.mail, password: 'a wrong password' }, said)
  assert.equal((await historyOf(database, user)).filter((line) => line === 'failed wrong-password').length, 4)
  const right = await sendThrough('/login', { username: user.mail, password }, '192.0.2.9')
  assert.match(right.body, /このユーザIDでのログインを一時停止しています/)
  assert.deepEqual((await addressesOf(user)).toSorted(), [nobody, '192.0.2.9'])
  assert.match((await portal.mailsTo(user.mail))[0]?.text ?? '', /最後に試した接続元：0\.0\.0\.0/)
})

test('who cannot be told can still log in; session and history say nobody’s address', async () => {
  const user = await make.user()
  const browser = portal.browser({ ip: proxy })
  await sendBy(browser, '/login', { fields: { username: user.mail, password }, forwarded: 'unknown' })
  const code = await portal.newestCode(user.mail)
  await sendBy(browser, '/login/second-step', { fields: { code }, forwarded: 'unknown' })
  assert(await isSignedIn(browser))
  const sessions = await database.operator.transaction((tx) =>
    tx.selectFrom('session').where('user_id', '=', user.id).select('ip').execute(),
  )
  assert.deepEqual([sessions.map(({ ip }) => ip), await addressesOf(user)], [[nobody], [nobody]])
})

test('all who cannot be told share one counter, which is neither the proxy’s nor a client’s', async () => {
  const ask = (forwarded?: string): Promise<Answer> =>
    sendThrough('/password-reset', { mail: 'somebody@example.com' }, forwarded)
  const accepted = async (): Promise<number> => {
    const { count } = await database.operator.transaction((tx) =>
      tx
        .selectFrom('first_login_request')
        .where('is_dropped', '=', false)
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow(),
    )
    return Number(count)
  }
  for (let times = 0; times < mostPerNetwork; times++)
    assert.equal((await ask(unreadable[times % unreadable.length])).status, 303)
  assert.equal(await accepted(), mostPerNetwork)
  for (const said of unreadable) assert.equal((await ask(said)).status, 303, said)
  assert.equal(await accepted(), mostPerNetwork, 'the answer is the same, and nothing is done')
  assert.equal((await ask('192.0.2.9')).status, 303)
  assert.equal((await ask()).status, 303)
  assert.equal(await accepted(), mostPerNetwork + 2)
})
