import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { type AskedAgain, askedAgain, askToAdd, countUsers, newMail, role } from '#test/asked-again.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, copyCookies, isSignedIn, otherThan } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { hiddenFields } from '#test/test-browser.ts'
import { entriesOf, somebody } from '#test/user-form.ts'
import { paths } from '#sites/portal/paths.ts'

// What is critical waits for the second factor, and is done by the code alone.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const openWorld = (): Promise<AskedAgain> => askedAgain(portal, make)
const codeOf = ({ administrator }: AskedAgain): Promise<string> => portal.newestCode(administrator.mail)
const countOf = (mail: string): Promise<number | null> => countUsers(admin, mail)

async function stateOf({ id }: MadeUser): Promise<string | undefined> {
  const { rows } = await admin.query<{ state: string }>('select state from portal_user where id = $1', [id])
  return rows[0]?.state
}

test('the right code does what was asked, leads to where it leads and says so there; the page named it before', async () => {
  const world = await openWorld()
  const { browser, member } = world
  const { location } = await browser.post(paths.deleteUser({ id: member.id }))
  assert.match((await browser.get(location)).body, /「ユーザーの削除」の操作を行うため/)
  const english = copyCookies(browser, portal.browser({ language: 'en' }))
  english.cookies.set('__Host-portal-language', 'en')
  assert.match((await english.get(location)).body, /“Delete the user” matters/)
  assert.equal(await stateOf(member), 'active')
  const done = await browser.post(location, { code: await codeOf(world) })
  assert.deepEqual([done.status, done.location], [303, paths.users])
  assert.equal(await stateOf(member), 'deleted')
  assert.match((await browser.get(paths.users)).body, new RegExp(`${member.name}さんを削除しました`))
})

test('what comes after counts as confirmed, and the old session is out', async () => {
  const world = await openWorld()
  const { browser, member } = world
  const before = copyCookies(browser, portal.browser())
  await browser.post(await askToAdd(world, newMail()), { code: await codeOf(world) })
  assert(!(await isSignedIn(before)))
  assert.equal((await browser.post(paths.deleteUser({ id: member.id }))).location, paths.users)
})

test('whoever goes back finds the form as it was filled in, and nothing done', async () => {
  const world = await openWorld()
  const mail = newMail()
  const { body } = await world.browser.get(await askToAdd(world, mail))
  assert.match(body, new RegExp(`href="${paths.addUser}"[^>]*>キャンセル`))
  const form = await world.browser.get(paths.addUser)
  assert.match(form.body, new RegExp(`value="${mail}"`))
  assert.match(form.body, /入力していた内容を復元しました/)
  assert.equal(await countOf(mail), 0)
})

test('where nobody has typed anything, nothing is said to be there again', async () => {
  const { browser, administrator } = await openWorld()
  const id = await make.group({ customerId: administrator.customerId })
  const { location } = await browser.post(paths.deleteUserGroup({ id }))
  assert(asksForFactor({ ...(await browser.get(location)), status: 303, location }))
  assert.doesNotMatch((await browser.get(paths.deleteUserGroup({ id }))).body, /復元しました/)
})

test('what was typed is gone once it was done', async () => {
  const world = await openWorld()
  const mail = newMail()
  await world.browser.post(await askToAdd(world, mail), { code: await codeOf(world) })
  assert.equal(await countOf(mail), 1)
  assert.doesNotMatch((await world.browser.get(paths.addUser)).body, new RegExp(mail))
  const { rows } = await admin.query('select kept_form from sign_in where kept_form is not null and user_id = $1', [
    world.administrator.id,
  ])
  assert.deepEqual(rows, [])
})

test('a wrong code does nothing, and may be typed again', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  const code = await codeOf(world)
  const wrong = await world.browser.post(location, { code: otherThan(code) })
  assert.equal(wrong.status, 422)
  assert.equal(await countOf(mail), 0)
  await world.browser.post(location, { code })
  assert.equal(await countOf(mail), 1)
})

test('what is no longer there is not found, and what is as it was shown no longer is shown with what was typed', async () => {
  const world = await openWorld()
  const { browser, member } = world
  const { location } = await browser.post(paths.deleteUser({ id: member.id }))
  await admin.query(`update portal_user set state = 'deleted' where id = $1`, [member.id])
  assert.equal((await browser.post(location, { code: await codeOf(world) })).status, 404)

  portal.advance(11 * minutes)
  const mail = newMail()
  const taken = await askToAdd(world, mail)
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role, state) select $1, $2, '', '', 'general-user', 'active'`,
    [world.administrator.customerId, mail],
  )
  const refused = await browser.post(taken, { code: await codeOf(world) })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /メールアドレスは、すでに登録されています/)
  assert.match(refused.body, new RegExp(`value="${mail}"`))
  // The form is one of the session as it goes on, in which the factor was shown just now.
  const { token = '' } = hiddenFields(refused.body, paths.addUser)
  const other = newMail()
  await browser.send(paths.addUser, entriesOf({ ...somebody, token, mail: other, role }))
  assert.equal(await countOf(other), 1)
})

test('a look at the page and the login it may lead through change nothing', async () => {
  const world = await openWorld()
  const location = await askToAdd(world, newMail())
  const stranger = portal.browser()
  const led = await stranger.get(location)
  assert.equal(led.location, `/login?return=${encodeURIComponent(location)}`)
  assert.equal((await stranger.send(location, { code: '000000' })).status, 303)
})
