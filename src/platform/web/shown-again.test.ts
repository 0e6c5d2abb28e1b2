import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { forgetOldTraces } from '#features/sign-in/forget.ts'
import { paths } from '#sites/portal/paths.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { copyCookies, enterCode, enterPassword, formOf, otherThan } from '#test/sign-in.ts'
import { type Answer, isShownAgain, type TestBrowser } from '#test/test-browser.ts'
import { entriesOf, type Filled, somebody } from '#test/user-form.ts'
import { hours, minutes, seconds } from '../time/duration.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const { display, addUser } = paths
const wrong = { language: 'ja', theme: 'pink', timeZone: 'Europe/Berlin' }
const right = { ...wrong, theme: 'dark' }
const problem = /配色が選択されていません/
const berlin = /<option selected(="")?>Europe\/Berlin/
const restored = /入力していた内容を復元しました/
const role = 'portal-administrator'

/** Posts a form as it stands at the address, and follows nothing. */
async function press(browser: TestBrowser, address: string, filled: Filled): Promise<Answer> {
  const { token = '', version } = await formOf(browser, address.split('?', 1).join(), address)
  return browser.request(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(entriesOf({ token, ...(version && { version }), ...filled })).toString(),
  })
}

async function draftsOf({ id }: MadeUser): Promise<{ path: string; fields: Buffer }[]> {
  return database.operator.transaction((tx) =>
    tx.selectFrom('form_draft').where('user_id', '=', id).select(['path', 'fields']).orderBy('path').execute(),
  )
}

test('a refused form leads to a look that shows it again, as often as it is looked at, and to nobody else', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const answer = await press(browser, display, wrong)
  assert(isShownAgain(answer), answer.location)
  assert.equal(answer.body, '')
  for (const look of ['first', 'reloaded']) {
    const { status, body } = await browser.get(answer.location)
    assert.equal(status, 200, look)
    assert.match(body, problem, look)
    assert.match(body, berlin, look)
    assert.doesNotMatch(body, restored, look)
  }
  const colleague = await signIn(portal, await make.user({ customerId: user.customerId }))
  for (const other of [colleague, await signIn(portal, await make.user())])
    assertPlain(await other.get(answer.location))
  assertPlain(await browser.get(display))
  assert.equal(
    (await portal.browser().get(answer.location)).location,
    `/login?return=${encodeURIComponent(answer.location)}`,
  )
})

function assertPlain({ status, body }: Answer): void {
  assert.equal(status, 200)
  assert.doesNotMatch(body, problem)
  assert.doesNotMatch(body, berlin)
}

test('the form shown again keeps its name until it is taken; then nothing of it is kept', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const { location } = await press(browser, display, wrong)
  assert.equal((await press(browser, location, wrong)).location, location)
  assert.equal((await draftsOf(user)).length, 1)
  assert.equal((await press(browser, location, right)).location, display)
  assert.equal((await draftsOf(user)).length, 0)
  assert.doesNotMatch((await browser.get(location)).body, problem)
})

test('two tabs have two', async () => {
  const browser = await signIn(portal, await make.user({ role }))
  const [one, other] = [
    await press(browser, addUser, { ...somebody, name: '', comment: '一つ目' }),
    await press(browser, addUser, { ...somebody, name: '', comment: '二つ目' }),
  ]
  assert.match((await browser.get(one.location)).body, /一つ目/)
  assert.match((await browser.get(other.location)).body, /二つ目/)
})

test('a button that sends nothing leads to a look, too, which says nothing of an error', async () => {
  const user = await make.user({ role })
  const browser = await signIn(portal, user)
  const groupId = await make.group(user)
  const answer = await press(browser, addUser, { ...somebody, do: 'put-in', offered: [groupId] })
  assert(isShownAgain(answer))
  const { body } = await browser.get(answer.location)
  assert.match(body, new RegExp(`type="hidden" name="groups" value="${groupId}"`))
  assert.match(body, /受付の担当/)
  assert.doesNotMatch(body, /error-summary/)
  assert.doesNotMatch(body, restored)
})

test('the query of a page stays as it is, and no page sees the name of the showing', async () => {
  const browser = await signIn(portal, await make.user({ role }))
  const address = `${addUser}?x=%E3%81%82&again=12345678&y=+1`
  const page = await browser.get(address)
  assert.match(page.body, /action="\/users\/add\?x=%E3%81%82&amp;y=\+1&amp;again=12345678"/)
  const answer = await press(browser, address, { ...somebody, name: '' })
  assert.equal(answer.location, `${addUser}?x=%E3%81%82&y=+1&again=12345678`)
  for (const odd of ['', 'x', '123456789', '../../xx', '%22onload'])
    assert.doesNotMatch((await browser.get(`${addUser}?again=${odd}`)).body, /action="[^"]*again/, odd)
})

test('what was said in one language is not said in the other; what was typed stands there', async () => {
  const browser = await signIn(portal, await make.user())
  const { location } = await press(browser, display, wrong)
  const led = await browser.get(`${location}&lang=en`)
  assert.equal(led.location, location)
  const { body } = await browser.get(location)
  assert.match(body, berlin)
  assert.doesNotMatch(body, problem)
})

test('a secret field is kept nowhere', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const typed = { password: `${password}x`, newPassword: 'another long password' }
  const answer = await press(browser, paths.password, typed)
  assert(isShownAgain(answer))
  const { body } = await browser.get(answer.location)
  assert.match(body, /id="error-summary"/)
  const [draft] = await draftsOf(user)
  assert(draft)
  const opened = testSecrets.open(`form-draft ${user.id}`, draft.fields)
  for (const secret of Object.values(typed)) assert(!body.includes(secret) && !opened.includes(secret))
})

test('drafts wait for two hours, fifty of a user, and 64 KB of what was typed', async () => {
  const user = await make.user({ role })
  const browser = await signIn(portal, user)
  const { location } = await press(browser, display, wrong)
  for (let more = 0; more < 50; more++) {
    portal.advance(1 * seconds)
    await press(browser, addUser, { ...somebody, name: '' })
  }
  const kept = await draftsOf(user)
  assert.equal(kept.length, 50)
  assert(!kept.some(({ path }) => location === path), 'the oldest made room')
  // Three bytes of a form, six of JSON.
  const long = await press(browser, addUser, { ...somebody, name: '', comment: '\u0001'.repeat(20_000) })
  assert.match((await browser.get(long.location)).body, /名前が入力されていません/)
  for (const { fields } of await draftsOf(user)) assert(fields.length < 65 * 1024)
  portal.advance(2 * hours + 1 * seconds)
  await database.operator.transaction((tx) => forgetOldTraces(tx, portal.program.now()))
  assert.equal((await draftsOf(user)).length, 0)
})

test('of a form before the login nothing is kept but what was wrong, sealed, for five minutes', async () => {
  const user = await make.user()
  const browser = portal.browser()
  const answer = await press(browser, paths.signIn, { username: user.mail, password: 'not the password' })
  assert(isShownAgain(answer))
  const [cookie = ''] = answer.headers.getSetCookie()
  assert.match(cookie, /^__Host-portal-refused=[\w-]+; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  assert(!Buffer.from(cookie, 'base64url').includes(user.mail))
  const says = /ユーザIDまたはパスワードが正しくありません/
  for (let look = 0; look < 2; look++) assert.match((await browser.get(answer.location)).body, says)
  assert(!(await browser.get(answer.location)).body.includes(user.mail))
  for (const elsewhere of [
    paths.signIn,
    `${paths.signIn}?again=12345678`,
    `${paths.reissue}?again=${answer.location.slice(-8)}`,
  ])
    assert.doesNotMatch((await browser.get(elsewhere)).body, says, elsewhere)
  assert.doesNotMatch((await portal.browser().get(answer.location)).body, says)
  portal.advance(5 * minutes)
  assert.doesNotMatch((await browser.get(answer.location)).body, says)
})

test('a cookie that is not ours says nothing', async () => {
  const browser = portal.browser()
  const { location } = await press(browser, paths.signIn, { username: 'a@example.com', password: 'x' })
  const name = '__Host-portal-refused'
  const ours = browser.cookies.get(name) ?? assert.fail()
  for (const value of ['', 'x', ours.slice(1), `${ours.slice(0, -4)}AAAA`, 'A'.repeat(4000)]) {
    browser.cookies.set(name, value)
    const { status, body } = await browser.get(location)
    assert.equal(status, 200)
    assert.doesNotMatch(body, /error-summary/)
  }
})

test('a mistyped code of the login leads to a look', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  const answer = await press(browser, paths.secondStep, { code: otherThan(code) })
  assert(isShownAgain(answer))
  assert.match((await browser.get(answer.location)).body, /コードが正しくありません/)
  assert.equal((await enterCode(browser, code)).location, paths.serviceMenu)
})

test('whoever still has a session finds nothing of a login in its drafts', async () => {
  const user = await make.user()
  const browser = copyCookies(await signIn(portal, user), portal.browser())
  const answer = await press(browser, paths.reissue, { mail: '' })
  assert(isShownAgain(answer))
  assert.match((await browser.get(answer.location)).body, /メールアドレスが入力されていません/)
  assert.equal((await draftsOf(user)).length, 0)
})

for (const [path, typed] of [
  [paths.signIn, { username: 'a@example.com', password: 'x' }],
  [paths.reissue, { mail: 'a@example.com' }],
] as const)
  test(`a browser that keeps no cookies is told so at ${path}`, async () => {
    const browser = portal.browser()
    const send = async (): Promise<Answer> => {
      const fields = await formOf(browser, path)
      browser.cookies.clear()
      return browser.send(path, { ...fields, ...typed })
    }
    browser.keepsCookies = false
    const told = await send()
    assert.equal(told.status, 422)
    assert.match(told.body, /ブラウザがCookieを保存しない設定になっている/)
    // One that has lost its cookies, as by being restarted, has new ones by then.
    browser.keepsCookies = true
    assert.match((await send()).body, /画面の有効期限が切れていた/)
  })
