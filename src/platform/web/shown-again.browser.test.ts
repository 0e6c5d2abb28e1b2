import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { paths } from '#sites/portal/paths.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { otherThan } from '#test/sign-in.ts'
import { openSite } from '#test/site.ts'
import { expectHeading, walkFirstStep, walkSecondStep } from '#test/walk.ts'

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

/** Goes elsewhere, and back to what was shown. */
async function leaveAndReturn(page: Page): Promise<void> {
  await page.goto(new URL('/', url).href)
  await page.goBack()
}

/** Mistypes both steps of the login, and gets in in the end. */
async function makeMistakes(page: Page, user: MadeUser): Promise<void> {
  await page.goto(new URL(paths.signIn, url).href)
  await walkFirstStep(page, user, { typed: 'not the password' })
  const wrongPassword = page.getByRole('link', { name: /^ユーザIDまたはパスワードが/ })
  await wrongPassword.waitFor()
  await leaveAndReturn(page)
  await wrongPassword.waitFor()
  await walkFirstStep(page, user)
  const code = await portal.newestCode(user.mail)
  await walkSecondStep(page, otherThan(code))
  const wrongCode = page.getByRole('link', { name: /^コードが正しくありません/ })
  await wrongCode.waitFor()
  await leaveAndReturn(page)
  await wrongCode.waitFor()
  await walkSecondStep(page, code)
  await expectHeading(page, 'サービスメニュー')
}

for (const javaScriptEnabled of [true, false]) {
  test(`Back and reload send nothing, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const user = await make.user({ role: 'portal-administrator' })
    await make.group({ customerId: user.customerId, name: '見る人' })
    const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname))

    await makeMistakes(page, user)
    await page.goto(new URL(paths.addUser, url).href)
    await page.getByLabel(/^名前/).fill('新人 一郎')
    await page.getByLabel('見る人').check()
    await page.getByRole('button', { name: '追加 →' }).click()
    const takeOut = page.getByRole('group', { name: /^所属するユーザーグループ/ }).getByLabel('見る人')
    await takeOut.waitFor()
    await page.getByRole('button', { name: '追加する', exact: true }).click()
    const missing = page.getByRole('link', { name: /^メールアドレスが入力されていません/ })
    await missing.waitFor()
    const before = sent.length
    await leaveAndReturn(page)
    await missing.waitFor()
    await takeOut.waitFor()
    await page.reload()
    await missing.waitFor()
    assert.equal(await page.getByLabel(/^名前/).inputValue(), '新人 一郎')
    assert.equal(sent.length, before)

    await page.goto(new URL(paths.recoveryCodes, url).href)
    await page.getByRole('button', { name: '10個のコードを作成する' }).click()
    const codes = page.locator('.recovery-codes li')
    assert.equal((await codes.all()).length, 10)
    await leaveAndReturn(page)
    await page.getByText('残り10個です。').waitFor()
    assert.equal((await codes.all()).length, 0)
    await page.reload()
    assert.equal(sent.length, before + 1)
    await context.close()
  })
}
