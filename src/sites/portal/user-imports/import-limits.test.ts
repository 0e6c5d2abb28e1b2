import assert from 'node:assert/strict'

import { after, test } from 'node:test'
import { hours, minutes } from '#platform/time/duration.ts'
import { bringFile, heading, newcomer, openImportPortal, tryRows } from '#test/import-portal.ts'
import { signIn } from '#test/make.ts'
import { asksForFactor } from '#test/sign-in.ts'
import { paths } from '../paths.ts'

const world = await openImportPortal()
after(() => world[Symbol.asyncDispose]())
const { portal, make, admin, openWorld, work, usersOf } = world

test('what somebody else changes between the check and the work refuses all of it', async () => {
  const { administrator, browser, member } = await openWorld()
  const changes: [statement: string, told: RegExp][] = [
    [`update portal_user set version = version + 1 where id = '${member.id}'`, /別の方が変更しました/],
    [
      `update user_group set rights_version = rights_version + 1 where customer_id = '${administrator.customerId}'`,
      /別の方が変更しました/,
    ],
  ]
  for (const [statement, told] of changes) {
    const { path } = await tryRows(browser, [
      heading,
      newcomer(),
      [member.id, '改名', member.mail, '03-0000-0000', '一般ユーザー', ''],
    ])
    assert.equal((await browser.post(path, {})).status, 303)
    await admin.query(statement)
    await work(path)
    const { body } = await browser.get(path)
    assert.match(body, /登録できませんでした。何も変わっていません。/)
    assert.match(body, told)
    assert.equal((await usersOf(administrator.customerId)).length, 2)
  }
})

test('an author who is no administrator any longer has nothing done', async () => {
  const { administrator, browser } = await openWorld()
  await make.user({ customerId: administrator.customerId, role: 'portal-administrator' })
  const { path } = await tryRows(browser, [heading, newcomer()])
  assert.equal((await browser.post(path, {})).status, 303)
  await admin.query(`update portal_user set role = 'general-user' where id = $1`, [administrator.id])
  await work(path)
  const { rows } = await admin.query('select state, faults from file_import where author_id = $1', [administrator.id])
  assert.deepEqual(rows, [{ state: 'refused', faults: [{ row: 0, problem: 'no-longer-administrator' }] }])
})

test('of addresses of other customers a day tells as few as one by one', async () => {
  const { administrator, browser } = await openWorld()
  const others = await Promise.all(Array.from({ length: 12 }, () => make.user()))
  const rows = [heading, ...others.map(({ mail }) => newcomer(mail))]
  const { path, body } = await tryRows(browser, rows)
  // The check says nothing of them.
  assert.doesNotMatch(body, /直すところ/)
  assert.equal((await browser.post(path, {})).status, 303)
  await work(path)
  const told = (await browser.get(path)).body.match(/このメールアドレスは登録できません/g) ?? []
  assert.equal(told.length, 10)
  const { rowCount } = await admin.query('select from address_clash where user_id = $1', [administrator.id])
  assert.equal(rowCount, 10)
  // Then no new address is compared.
  const next = await tryRows(browser, [heading, newcomer()])
  assert.equal((await browser.post(next.path, {})).status, 303)
  await work(next.path)
  assert.match((await browser.get(next.path)).body, /このメールアドレスは登録できません/)
  assert.equal((await usersOf(administrator.customerId)).length, 2)
})

test('it is for its author alone, for an hour, and for whoever has shown the second factor', async () => {
  const { administrator, browser, member } = await openWorld()
  const { path } = await tryRows(browser, [heading, newcomer()])
  const other = await make.user({ customerId: administrator.customerId, role: 'portal-administrator' })
  assert.equal((await (await signIn(portal, other)).get(path)).status, 404)
  assert.equal((await (await signIn(portal, await make.user({ role: 'portal-administrator' }))).get(path)).status, 404)
  assert.equal((await (await signIn(portal, member)).get(path)).status, 403)
  assert.equal((await portal.browser().get(path)).status, 303)
  portal.advance(11 * minutes)
  assert(asksForFactor(await browser.post(path, {})))
  portal.advance(1 * hours)
  const late = await signIn(portal, administrator)
  assert.match((await late.get(path)).body, /有効期限が切れました/)
  assert.equal((await late.post(path, {}, { from: paths.importUsers })).status, 422)
})

test('far too much is refused unread, and leads to the login without a session', async () => {
  const { browser } = await openWorld()
  assert.equal((await bringFile(browser, new Uint8Array(7 * 1024 * 1024))).status, 413)
  const { status, location } = await bringFile(portal.browser(), new Uint8Array(100 * 1024))
  assert.equal(status, 303)
  assert.match(location, /^\/login/)
})
