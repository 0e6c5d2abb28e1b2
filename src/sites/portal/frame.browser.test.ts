import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { expectFocus, expectHeading, lendSignIn, tabTo } from '#test/walk.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
const { url } = site
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const wide = { width: 1280, height: 720 }
const phone = { width: 390, height: 844 }

async function openSignedIn(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'ja-JP', ...options })
  context.setDefaultTimeout(10_000)
  await lendSignIn(site, await make.user(), context)
  const page = await context.newPage()
  await page.goto(new URL(path, url).href)
  return page
}

test('the link to the other language keeps the page, and the choice is remembered', async () => {
  const page = await openSignedIn('/profile/password')
  await page.getByRole('link', { name: 'English' }).click()
  await expectHeading(page, 'Change password')
  assert.equal(new URL(page.url()).pathname, '/profile/password')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.goto(new URL('/profile', url).href)
  await page.getByRole('link', { name: '日本語' }).click()
  await expectHeading(page, 'プロフィール')
  await page.context().close()
})

test('the dark colours that a user chose are rendered by the server', async () => {
  const page = await openSignedIn('/profile/display', { javaScriptEnabled: false, colorScheme: 'light' })
  await page.getByLabel('ダーク').check()
  await page.getByRole('button', { name: '適用する' }).click()
  await page.getByText('表示設定を変更しました。').waitFor()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  assert.equal(await page.locator('meta[name=color-scheme]').getAttribute('content'), 'dark')
  await page.goto(new URL('/services', url).href)
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  await page.context().close()
})

for (const scripts of [true, false]) {
  test(`on a phone the menu is a drawer, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const page = await openSignedIn('/profile', { viewport: phone, javaScriptEnabled: scripts })
    const link = page.getByRole('link', { name: 'パスワードの変更' })
    const opener = page.getByRole('button', { name: 'メニュー', exact: true })
    assert.equal(await link.isVisible(), false)
    await opener.click()
    await link.waitFor()
    await page.keyboard.press('Escape')
    await link.waitFor({ state: 'hidden' })
    await expectFocus(opener)
    await opener.click()
    await page.getByRole('button', { name: '閉じる' }).click()
    await link.waitFor({ state: 'hidden' })
    await opener.click()
    await link.click()
    await expectHeading(page, 'パスワードの変更')
    await page.context().close()
  })
}

test('on a wide screen the menu stands beside the page', async () => {
  const page = await openSignedIn('/profile')
  assert.equal(await page.getByRole('link', { name: 'パスワードの変更' }).isVisible(), true)
  assert.equal(await page.getByRole('button', { name: 'メニュー', exact: true }).isVisible(), false)
  const current = page.getByRole('navigation').getByRole('link', { name: 'プロフィール' })
  assert.equal(await current.getAttribute('aria-current'), 'page')
  await page.context().close()
})

test('the link over the header leads to the main content', async () => {
  const page = await openSignedIn('/services')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: '本文へ移動する' })
  await expectFocus(skip)
  await page.keyboard.press('Enter')
  await expectFocus(page.getByRole('main'))
  await page.context().close()
})

for (const viewport of [wide, phone]) {
  test(`all that the keyboard stops at is seen at ${viewport.width} pixels`, async () => {
    const page = await openSignedIn('/profile/display', { viewport })
    await tabTo(page, page.getByRole('button', { name: '適用する' }))
    await tabTo(page, page.getByRole('link', { name: '本文へ移動する' }))
    await page.context().close()
  })
}

test('the search key goes to the search, where it can be seen', async () => {
  for (const viewport of [wide, phone]) {
    const page = await openSignedIn('/services', { viewport })
    await page.keyboard.press('/')
    await expectFocus(viewport === wide ? page.getByLabel('ポータル内を検索する') : page.locator('body'))
    await page.context().close()
  }
})
