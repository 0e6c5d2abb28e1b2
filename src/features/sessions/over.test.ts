import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { paths } from '#sites/portal/paths.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieOf, copyCookies, enterCode, formOf, sessionIdOf } from '#test/sign-in.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const { display } = paths
const chosen = { language: 'ja', theme: 'dark', timeZone: 'Europe/Berlin' }
const restored = /入力していた内容を復元しました/
const kept = `/login?return=${encodeURIComponent(display)}&kept=true&over=`
const lost = `/login?return=${encodeURIComponent(display)}&over=`

interface Tab {
  user: MadeUser
  browser: TestBrowser
  /** Sends the form that stood in the tab when its session still went on. */
  send: () => Promise<Answer>
}

async function openTab(given?: MadeUser): Promise<Tab> {
  const user = given ?? (await make.user())
  const browser = await signIn(portal, user)
  const fields = await formOf(browser, display)
  return { user, browser, send: () => browser.send(display, { ...fields, ...chosen }) }
}

async function signInAfter({ browser }: Tab, { location }: Answer, { mail }: MadeUser): Promise<string> {
  portal.advance(1 * seconds)
  await browser.send(location, { ...(await formOf(browser, '/login', location)), username: mail, password })
  const finished = await enterCode(browser, await portal.newestCode(mail))
  assert.equal(finished.location, display)
  return (await browser.get(display)).body
}

/** Ends sessions by hand, as something else would. */
function change({ user }: Tab, set: { credential_epoch?: number; state?: 'suspended' }): Promise<unknown> {
  return database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set(set).where('id', '=', user.id).execute(),
  )
}

const ends: Record<string, { over: string; says: RegExp; end: (tab: Tab) => Promise<unknown> }> = {
  'by logging out in another tab': {
    over: 'signed-out',
    says: /ログアウト済みです/,
    end: ({ browser }) => browser.post('/logout', {}, { from: '/services' }),
  },
  'from another browser': {
    over: 'ended-elsewhere',
    says: /別のブラウザでの操作により、ログアウトしました/,
    async end({ user, browser }) {
      const session = await sessionIdOf(database, browser)
      portal.advance(31 * seconds)
      await (await signIn(portal, user)).post(paths.endSession, { session }, { from: paths.sessions })
    },
  },
  'by an administrator': {
    over: 'ended-by-administrator',
    says: /ポータル管理者の操作により、ログアウトしました/,
    end: (tab) => endInDatabase(tab, 'ended-by-administrator'),
  },
}

async function endInDatabase({ browser }: Tab, reason: string): Promise<void> {
  const id = await sessionIdOf(database, browser)
  const ended = { ended_at: portal.program.now(), end_reason: reason }
  await database.operator.transaction((tx) => tx.updateTable('session').set(ended).where('id', '=', id).execute())
}

for (const [how, { over, says, end }] of Object.entries(ends)) {
  test(`a session ended ${how} says why, and what was typed is there again for the same user`, async () => {
    const tab = await openTab()
    await end(tab)
    assert.equal((await tab.browser.get(display)).location, lost + over)
    const late = await tab.send()
    assert.equal(late.location, kept + over)
    const login = (await tab.browser.get(late.location)).body
    assert.match(login, says)
    assert.match(login, /入力していた内容は復元されます/)
    const page = await signInAfter(tab, late, tab.user)
    assert.match(page, restored)
    assert.match(page, /value="dark" checked/)
    assert.equal(cookieOf(tab.browser, 'left'), undefined)
  })
}

test('nobody else who logs in with that browser sees it', async () => {
  const tab = await openTab()
  await tab.browser.post('/logout', {}, { from: '/services' })
  const late = await tab.send()
  assert.doesNotMatch(await signInAfter(tab, late, await make.user({ customerId: tab.user.customerId })), restored)
})

test('after a new password or factor nothing may be left behind; why is said', async () => {
  const changed = await openTab()
  await endInDatabase(changed, 'password-changed')
  assert.equal((await changed.send()).location, `${lost}password-changed`)
  const epoch = await openTab()
  await change(epoch, { credential_epoch: 2 })
  assert.equal((await epoch.send()).location, `${lost}changed`)
  for (const { user } of [changed, epoch]) assert.equal(await countDrafts(user), 0)
})

test('of a suspended user, or after two hours, nothing is said or kept', async () => {
  const suspended = await openTab()
  await endInDatabase(suspended, 'ended-by-administrator')
  await change(suspended, { state: 'suspended' })
  const late = await openTab()
  await endInDatabase(late, 'ended-elsewhere')
  portal.advance(2 * hours)
  for (const tab of [suspended, late]) {
    assert.equal((await tab.send()).location, lost.slice(0, -'&over='.length))
    assert.equal(await countDrafts(tab.user), 0)
  }
})

test('the cookie of whoever has logged out opens nothing, lasts two hours, and stays with this browser', async () => {
  const tab = await openTab()
  const session = cookieOf(tab.browser, 'session') ?? assert.fail()
  const answer = await tab.browser.post('/logout', {}, { from: '/services' })
  const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-portal-left=')) ?? ''
  assert.equal(set, `__Host-portal-left=${session}; Max-Age=7200; Path=/; HttpOnly; Secure; SameSite=Lax`)
  for (const path of ['/services', '/profile', display]) assert.equal((await tab.browser.get(path)).status, 303)
  assert.match((await tab.browser.get('/')).body, /href="\/login"/)
  // A second press of the button in another tab is taken for what it is.
  assert.equal((await tab.browser.post('/logout', {}, { from: display })).location, '/')
  assert.equal(cookieOf(tab.browser, 'left'), session)
  const stranger = copyCookies(tab.browser, portal.browser(), ['visit'])
  assert.equal((await stranger.get(display)).location, lost.slice(0, -'&over='.length))
})

test('a form that was not ours leaves nothing behind', async () => {
  const tab = await openTab()
  await tab.browser.post('/logout', {}, { from: '/services' })
  await tab.browser.send(display, { ...chosen, token: 'x', version: '1' })
  assert.equal(await countDrafts(tab.user), 0)
  portal.advance(1 * minutes)
})

async function countDrafts({ id }: MadeUser): Promise<number> {
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('form_draft').where('user_id', '=', id).select('path').execute(),
  )
  return rows.length
}
