import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { expectFocus, expectHeading, lendSignIn, walkFirstStep, walkSecondStep } from '#test/walk.ts'

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

async function openSignedIn(user: MadeUser, path: string, { scripts = true } = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: scripts })
  context.setDefaultTimeout(10_000)
  await lendSignIn(site, user, context)
  const page = await context.newPage()
  if (scripts) await page.clock.install()
  await page.goto(new URL(path, url).href)
  return page
}

/** Lets time go by at both ends of the wire. */
async function pass(page: Page, milliseconds: number): Promise<void> {
  portal.advance(milliseconds)
  await page.clock.fastForward(milliseconds)
}

test('two minutes before its end a session can be extended, and in the end the page says that it is over', async () => {
  const page = await openSignedIn(await make.user(), '/profile/display')
  const warning = page.getByRole('dialog', { name: 'あと2分でログアウトします' })
  await pass(page, 57 * minutes)
  assert.equal(await warning.isVisible(), false)
  await pass(page, 1 * minutes + 1 * seconds)
  await warning.waitFor()
  const extend = page.getByRole('button', { name: '延長' })
  await expectFocus(extend)
  await extend.click()
  await warning.waitFor({ state: 'hidden' })

  await pass(page, 57 * minutes)
  assert.equal(await warning.isVisible(), false)
  await pass(page, 1 * minutes + 1 * seconds)
  await warning.waitFor()
  await pass(page, 2 * minutes)
  await page.getByRole('dialog', { name: 'ログアウトしました' }).waitFor()
  const signIn = page.getByRole('link', { name: 'ログイン画面へ進む' })
  await expectFocus(signIn)
  await signIn.click()
  await expectHeading(page, '第一認証')
  await page.context().close()
})

test('a session that has lasted its hours cannot be extended, and the login page says why it is over', async () => {
  const user = await make.user()
  await database.operator.transaction((tx) =>
    tx.updateTable('customer').set({ idle_minutes: 720 }).where('id', '=', user.customerId).execute(),
  )
  const page = await openSignedIn(user, '/profile/display')
  await pass(page, 12 * hours - 2 * minutes + 1 * seconds)
  const warning = page.getByRole('dialog', { name: 'あと2分でログアウトします' })
  await warning.getByText('ログインから12時間で、操作中でもログアウトします。').waitFor()
  assert.equal(await page.getByRole('button', { name: '延長' }).isVisible(), false)
  await expectFocus(page.getByRole('button', { name: '画面に戻る' }))
  await page.keyboard.press('Enter')
  await warning.waitFor({ state: 'hidden' })

  await pass(page, 2 * minutes)
  await page.getByRole('dialog').getByText('ログインから12時間がたったため、ログアウトしました。').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'ログインの有効時間が過ぎたため、ログアウトしました' }).waitFor()
  assert.equal(await page.getByText('復元されます').count(), 0)
  await page.context().close()
})

test('a page that wakes up with less than two minutes left does not promise two', async () => {
  const page = await openSignedIn(await make.user(), '/services')
  await pass(page, 59 * minutes)
  await page.getByRole('dialog', { name: 'まもなくログアウトします' }).waitFor()
  assert.equal(await page.getByRole('dialog').getByText('2分').isVisible(), false)
  await page.getByRole('button', { name: '延長' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.context().close()
})

test('what is done in another tab keeps the session without a warning', async () => {
  const page = await openSignedIn(await make.user(), '/services')
  await pass(page, 50 * minutes)
  const other = await page.context().newPage()
  await other.goto(new URL('/profile', url).href)
  await expectHeading(other, 'プロフィール')
  const looked = page.waitForResponse(new URL('/session', url).href)
  await pass(page, 8 * minutes + 1 * seconds)
  await (await looked).finished()
  assert.equal(await page.getByRole('dialog').count(), 0)
  await page.context().close()
})

for (const scripts of [true, false]) {
  test(`what was typed before a time-out is there after the next login, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const user = await make.user()
    const page = await openSignedIn(user, '/profile/display', { scripts })
    await page.getByLabel('タイムゾーン').selectOption('Europe/Paris')
    await page.getByLabel('ダーク').check()
    portal.advance(61 * minutes)
    await page.getByRole('button', { name: '適用する' }).click()
    await page.getByRole('heading', { name: '操作がない状態が続いたため、ログアウトしました' }).waitFor()
    await page.getByText('入力していた内容は復元されます。').waitFor()
    await walkFirstStep(page, user)
    await walkSecondStep(page, await portal.newestCode(user.mail))
    await expectHeading(page, '表示設定')
    await page.getByText('入力していた内容を復元しました。').waitFor()
    assert.equal(await page.getByLabel('タイムゾーン').inputValue(), 'Europe/Paris')
    assert.equal(await page.getByLabel('ダーク').isChecked(), true)
    await page.getByRole('button', { name: '適用する' }).click()
    await page.getByText('表示設定を変更しました。').waitFor()
    await page.context().close()
  })
}

test('whoever logs out is told so and let in no more', async () => {
  const page = await openSignedIn(await make.user(), '/services')
  await page.getByRole('button', { name: 'アカウントメニューを開く' }).click()
  await page.getByRole('button', { name: 'ログアウトする' }).click()
  await page.getByRole('status').getByText('ログアウトしました。').waitFor()
  await expectHeading(page, 'ビジネスポータル')
  await page.goto(new URL('/services', url).href)
  await expectHeading(page, '第一認証')
  await page.context().close()
})

test('a tab that is looked at again after a logout in another one says so, and the login brings back what was typed there', async () => {
  const user = await make.user()
  const page = await openSignedIn(user, '/profile/display')
  await page.getByLabel('タイムゾーン').selectOption('Europe/Berlin')
  const other = await page.context().newPage()
  await other.goto(new URL('/services', url).href)
  await other.getByRole('button', { name: /アカウントメニュー/ }).click()
  await other.getByRole('button', { name: 'ログアウトする' }).first().click()
  await other.getByText('ログアウトしました。').waitFor()
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
  const dialog = page.getByRole('dialog', { name: 'ログアウトしました' })
  await dialog.getByText('ログアウトの操作をしたか、').waitFor()
  await dialog.getByText('入力中の内容は、同じユーザーでログインすると復元されます。').waitFor()
  await dialog.getByRole('link', { name: 'ログイン画面へ進む' }).click()
  await page.getByRole('heading', { name: 'ログアウト済みです' }).waitFor()
  await walkFirstStep(page, user)
  await walkSecondStep(page, await portal.newestCode(user.mail))
  await page.getByText('入力していた内容を復元しました。').waitFor()
  assert.equal(await page.getByLabel('タイムゾーン').inputValue(), 'Europe/Berlin')
  await page.context().close()
})
