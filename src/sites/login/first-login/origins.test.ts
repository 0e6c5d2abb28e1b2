import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import {
  askForUrl,
  choosePassword,
  identify,
  makeNewcomer,
  newestUrl,
  readSecret,
  sendNotice,
} from '#test/first-login.ts'
import { makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { totpNow } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function identityPage(url: string): Promise<string> {
  const browser = portal.browser()
  await browser.get(url)
  return (await browser.get('/first-login/identity')).body
}

test('the identity check speaks of what its user knows, and of which telephone number', async () => {
  const user = await makeNewcomer(database, 'totp')
  const url = await sendNotice(database, portal, user)
  assert.match(
    await identityPage(url),
    /ポータル管理者が登録した内容[\s\S]*「電話番号」に登録した番号です。携帯電話番号の欄の番号ではありません。/,
  )
  await admin.query('update portal_user set from_operator = true where id = $1', [user.id])
  assert.match(
    await identityPage(url),
    /お申し込みの際に登録された内容[\s\S]*お申込書に記入された、ご本人の連絡先電話番号です。/,
  )
  const registered = await makerOf(database).user()
  await askForUrl(database, portal, registered)
  assert.match(
    await identityPage(await newestUrl(portal, registered.mail)),
    /ポータルに登録されている内容[\s\S]*マイプロフィールの「電話番号」の番号です。/,
  )
})

test('while the app is set up, a clock that is off says so', async () => {
  const user = await makeNewcomer(database, 'totp')
  const browser = portal.browser()
  await identify(browser, await sendNotice(database, portal, user), user)
  await choosePassword(browser)
  const secret = await readSecret(browser)
  const { status, body } = await browser.post('/first-login/totp', { code: totpNow(portal, { secret, steps: 4 }) })
  assert.equal(status, 422)
  assert.match(body, /いまの時刻のものではありません。/)
  const { location } = await browser.post('/first-login/totp', { code: totpNow(portal, { secret }) })
  assert.equal(location, '/first-login/recovery-codes')
})
