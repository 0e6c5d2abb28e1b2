import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, wordsAfter } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const critical = '/profile/recovery-codes'

test('the code of a confirmation is mailed in words of its own', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  portal.advance(10 * minutes)
  const asked = await browser.post(critical)
  assert(asksForFactor(asked))
  const [login, confirmation, ...more] = await portal.mailsTo(user.mail)
  assert.deepEqual(more, [])
  assert.equal(login?.subject, 'ビジネスポータル ワンタイムパスワードのお知らせ')
  assert.equal(confirmation?.subject, 'ビジネスポータル 設定変更の確認コードのお知らせ')
  assert.doesNotMatch(confirmation.text, /へのログインを受け付けました/)
  const confirmed = await browser.post(asked.location, { code: await portal.newestCode(user.mail) })
  assert.match(await wordsAfter(browser, confirmed), /新しいリカバリーコード/)
})

test('the page says when no code could be sent, and asks for none', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  portal.advance(10 * minutes)
  const { location } = await browser.post(critical)
  const asked = await browser.get(location)
  assert.match(asked.body, /name="code"/)
  assert.doesNotMatch(asked.body, /送信していません/)
  await admin.query('update code_budget set mailed = array_fill(mailed[1], array[20]) where user_id = $1', [user.id])
  const again = await browser.post(critical)
  const unsent = await browser.get(again.location)
  assert.match(unsent.body, /送信していません/)
  assert.doesNotMatch(unsent.body, /name="code"/)
  assert.equal((await portal.mailsTo(user.mail)).length, 2)
})
