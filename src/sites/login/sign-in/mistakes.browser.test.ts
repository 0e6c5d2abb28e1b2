import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { minutes, seconds } from '#platform/time/duration.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { enterPassword, giveRecoveryCode, otherThan, totpNow } from '#test/sign-in.ts'
import { openSite } from '#test/site.ts'
import { expectFocus, expectHeading, walkFirstStep, walkSecondStep } from '#test/walk.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
const { portal, url } = site
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function openLogin(): Promise<Page> {
  const context = await browser.newContext({ locale: 'ja-JP' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(new URL('/login', url).href)
  return page
}

/** A page that waits for the code of this user. */
async function openSecondStep(user: MadeUser): Promise<Page> {
  const page = await openLogin()
  await walkFirstStep(page, user)
  await expectHeading(page, '第二認証')
  return page
}

test('a wrong password keeps the ID, clears the password and does not say which of them was wrong', async () => {
  const user = await make.user()
  const page = await openLogin()
  await walkFirstStep(page, user, { typed: 'not the password' })
  await page.getByRole('link', { name: 'ユーザIDまたはパスワードが正しくありません。' }).waitFor()
  assert.match(await page.title(), /^エラー：第一認証/)
  assert.equal(await page.getByLabel('ユーザID(メールアドレス)').inputValue(), user.mail)
  assert.equal(await page.getByLabel('第1パスワード', { exact: true }).inputValue(), '')
  await page.context().close()
})

test('a lock says so in words and until when', async () => {
  const user = await make.user()
  for (let tries = 0; tries < 5; tries++) await enterPassword(portal, user, { typed: `not the password ${tries}` })
  const page = await openLogin()
  await walkFirstStep(page, user)
  await page.getByRole('heading', { name: '次の内容をご確認ください' }).waitFor()
  await page
    .getByText(
      /^ログインの失敗が続いたため、このユーザIDでのログインを一時停止しています。\d+月\d+日（.） \d+:\d\d以降に、もう一度お試しください。$/,
    )
    .waitFor()
  await page.context().close()
})

test('after a wrong code the right one still leads in, however it is typed', async () => {
  const user = await make.user()
  const page = await openSecondStep(user)
  const code = await portal.newestCode(user.mail)
  await walkSecondStep(page, otherThan(code))
  await page.getByRole('link', { name: /^コードが正しくありません。/ }).waitFor()
  await expectFocus(page.locator('#error-summary'))
  const field = page.getByLabel('認証コード（6桁の数字）', { exact: true })
  await field.fill('')
  await field.pressSequentially(fullWidth(`${code.slice(0, 3)} ${code.slice(3)}`))
  assert.equal(await field.inputValue(), code)
  await page.getByRole('button', { name: 'ログインする' }).click()
  await expectHeading(page, 'サービスメニュー')
  await page.context().close()
})

test('a code can be sent again, and the new one leads in', async () => {
  const user = await make.user()
  const page = await openSecondStep(user)
  await page.getByText(/^有効期限：\d\d:\d\dまで/).waitFor()
  await page.getByText(/^（\d\d:\d\dから、あと4回）$/).waitFor()
  portal.advance(31 * seconds)
  await page.getByRole('button', { name: 'コードを再送信する' }).click()
  await page.getByRole('status').getByText('新しいコードを送信しました。').waitFor()
  await page.getByText(/、あと3回）$/).waitFor()
  await walkSecondStep(page, await portal.newestCode(user.mail))
  await expectHeading(page, 'サービスメニュー')
  await page.context().close()
})

test('an authenticator app leads in, and nothing speaks of mails', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const page = await openSecondStep(user)
  await page.getByText('認証アプリに表示されている6桁のコードを入力してください。').waitFor()
  assert.equal(await page.getByText('再送信').count(), 0)
  await walkSecondStep(page, totpNow(portal))
  await expectHeading(page, 'サービスメニュー')
  await page.context().close()
})

test('a recovery code stands in for the second factor', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  await giveRecoveryCode(database, user, 'ABCDEFGHJKMNPQRS')
  const page = await openSecondStep(user)
  await page.getByRole('link', { name: 'リカバリーコードを使う' }).click()
  await expectHeading(page, 'リカバリーコード')
  const field = page.getByLabel('リカバリーコード（16文字）')
  await field.fill('ABCD-EFGH-JKMN-PQRT')
  await page.getByRole('button', { name: 'ログインする' }).click()
  await page.getByRole('link', { name: /^リカバリーコードが正しくない/ }).waitFor()
  await field.fill('abcd-efgh-jkmn-pqrs')
  await page.getByRole('button', { name: 'ログインする' }).click()
  await expectHeading(page, 'サービスメニュー')
  await page.context().close()
})

test('who waits too long begins again with the first step', async () => {
  const user = await make.user()
  const page = await openSecondStep(user)
  const code = await portal.newestCode(user.mail)
  portal.advance(60 * minutes)
  await walkSecondStep(page, code)
  await expectHeading(page, '第一認証')
  await page.getByText('第一認証からやり直してください。').waitFor()
  await page.context().close()
})

function fullWidth(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0))
}
