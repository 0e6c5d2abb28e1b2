import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { forgetOldTraces } from '#features/sign-in/forget.ts'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterCode, formOf } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const display = '/profile/display'
const chosen = { language: 'ja', theme: 'dark', timeZone: 'Europe/Berlin' }
const restored = /入力していた内容を復元しました/

test('what was typed into a form of a timed-out session is there again after the login, and nothing was changed', async () => {
  const user = await make.user()
  const browser = await typeTooLate(user, chosen)
  assert.equal((await displayOf(user)).theme, 'system')
  const page = await browser.get(display)
  assert.match(page.body, restored)
  assert.match(page.body, /value="dark" checked/)
  assert.match(page.body, /<option selected(="")?>Europe\/Berlin/)
  const saved = await browser.send(display, { ...(await formOf(browser, display)), ...chosen })
  assert.equal(saved.status, 303)
  assert.deepEqual(await displayOf(user), { theme: 'dark', time_zone: 'Europe/Berlin' })
  assert.doesNotMatch((await browser.get(display)).body, restored)
  assert.equal(await countDrafts(user), 0)
})

test('a box that was not ticked is not ticked again', async () => {
  const browser = await typeTooLate(await make.user(), chosen)
  const page = await browser.get(display)
  assert.doesNotMatch(tagOf(page.body, 'shortcuts'), /checked/)
})

test('a box that was not ticked is not ticked when the form is shown again with a problem', async () => {
  const browser = await signIn(portal, await make.user())
  assert.match(tagOf((await browser.get(display)).body, 'shortcuts'), /checked/)
  const answer = await browser.post(display, { ...chosen, version: '99', loaded: '' })
  assert.equal(answer.status, 422)
  assert.doesNotMatch(tagOf(answer.body, 'shortcuts'), /checked/)
})

test('a password that was typed too late is kept nowhere', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const fields = await formOf(browser, '/profile/password')
  portal.advance(61 * minutes)
  const answer = await browser.send('/profile/password', { ...fields, password, newPassword: 'another long password' })
  assert.equal(answer.location, '/login?return=%2Fprofile%2Fpassword&over=time')
  assert.equal(await countDrafts(user), 0)
  await signIn(portal, user, browser)
  const page = await browser.get('/profile/password')
  assert.doesNotMatch(page.body, /another long password/)
})

test('a draft is for its own user: nobody else who logs in with that browser sees it', async () => {
  const user = await make.user()
  const colleague = await make.user({ customerId: user.customerId })
  const browser = await typeTooLate(user, chosen, { comesBack: colleague })
  const page = await browser.get(display)
  assert.doesNotMatch(page.body, restored)
  assert.doesNotMatch(page.body, /value="dark" checked/)
})

test('a draft waits for two hours', async () => {
  const user = await make.user()
  const browser = await typeTooLate(user, chosen)
  portal.advance(2 * hours)
  await signIn(portal, user, browser)
  assert.doesNotMatch((await browser.get(display)).body, restored)
})

test('a draft that nobody has come back for is deleted, one that still waits is not', async () => {
  const [late, early] = [await make.user(), await make.user()]
  await typeTooLate(late, chosen)
  portal.advance(2 * hours - 1 * seconds)
  await typeTooLate(early, chosen)
  await database.operator.transaction((tx) => forgetOldTraces(tx, portal.program.now()))
  assert.deepEqual([await countDrafts(late), await countDrafts(early)], [0, 1])
})

test('nothing is kept of a form without its token, or of a session that was ended on purpose', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  portal.advance(61 * minutes)
  await browser.send(display, { ...chosen, token: 'x', version: '1' })
  assert.equal(await countDrafts(user), 0)

  const again = await signIn(portal, user)
  const fields = await formOf(again, display)
  await database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set({ credential_epoch: 2 }).where('id', '=', user.id).execute(),
  )
  await again.send(display, { ...fields, ...chosen })
  assert.equal(await countDrafts(user), 0)
})

test('a draft can be read by nobody who has only the database', async () => {
  const user = await make.user()
  await typeTooLate(user, chosen)
  const { fields } = await database.operator.transaction((tx) =>
    tx.selectFrom('form_draft').where('user_id', '=', user.id).select('fields').executeTakeFirstOrThrow(),
  )
  assert.equal(fields.includes('Berlin'), false)
})

/** Fills the form in, sends it when the session is over, and logs in again. */
async function typeTooLate(
  user: MadeUser,
  values: Record<string, string>,
  { comesBack = user }: { comesBack?: MadeUser } = {},
): Promise<TestBrowser> {
  const browser = await signIn(portal, user)
  const fields = await formOf(browser, display)
  portal.advance(61 * minutes)
  const late = await browser.send(display, { ...fields, ...values })
  assert.equal(late.location, '/login?return=%2Fprofile%2Fdisplay&kept=true&over=time')
  const login = await formOf(browser, '/login', late.location)
  await browser.send(late.location, { ...login, username: comesBack.mail, password })
  const finished = await enterCode(browser, await portal.newestCode(comesBack.mail))
  assert.equal(finished.location, display)
  return browser
}

function tagOf(html: string, name: string): string {
  return (html.match(/<input [^>]*>/g) ?? []).find((tag) => tag.includes(`name="${name}"`)) ?? ''
}

async function displayOf({ id }: MadeUser): Promise<{ theme: string; time_zone: string }> {
  return database.operator.transaction((tx) =>
    tx.selectFrom('portal_user').where('id', '=', id).select(['theme', 'time_zone']).executeTakeFirstOrThrow(),
  )
}

async function countDrafts({ id }: MadeUser): Promise<number> {
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('form_draft').where('user_id', '=', id).select('path').execute(),
  )
  return rows.length
}
