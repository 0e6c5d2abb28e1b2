import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Language } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { expectFocus, expectHeading, signInWords, tabTo, walkFirstStep, walkSecondStep } from '#test/walk.ts'

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

async function openPage(language: Language, { scripts = true } = {}): Promise<Page> {
  const context = await browser.newContext({ locale: signInWords[language].locale, javaScriptEnabled: scripts })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(url.href)
  return page
}

for (const language of ['ja', 'en'] as const) {
  for (const scripts of [true, false]) {
    test(`the guide's labels lead in: ${language}, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const words = signInWords[language]
      const user = await make.user()
      const page = await openPage(language, { scripts })
      await page.getByRole('link', { name: words.signIn, exact: true }).click()
      await walkFirstStep(page, user, { language })
      await expectHeading(page, words.secondStep)
      await walkSecondStep(page, await portal.newestCode(user.mail), language)
      await expectHeading(page, words.serviceMenu)
      assert.equal(page.url(), new URL('/services', url).href)
      await page.context().close()
    })
  }
}

test('the keyboard alone leads in, and every stop is seen', async () => {
  const words = signInWords.ja
  const user = await make.user()
  const page = await openPage('ja')
  await page.keyboard.press('Tab')
  await expectFocus(page.getByRole('link', { name: '本文へ移動する' }))
  await tabTo(page, page.getByRole('link', { name: words.signIn, exact: true }))
  await page.keyboard.press('Enter')
  await expectHeading(page, words.firstStep)
  await expectFocus(page.getByLabel(words.userId))
  await page.keyboard.type(user.mail)
  await tabTo(page, page.getByLabel(words.password, { exact: true }))
  await page.keyboard.type(password)
  await tabTo(page, page.getByRole('button', { name: words.next }))
  await page.keyboard.press('Enter')
  await expectHeading(page, words.secondStep)
  await expectFocus(page.getByLabel(words.code))
  await page.keyboard.type(await portal.newestCode(user.mail))
  await page.keyboard.press('Enter')
  await expectHeading(page, words.serviceMenu)
  await page.context().close()
})

test('after a mistake the focus is on the summary, and its link leads to the field', async () => {
  const words = signInWords.ja
  const page = await openPage('ja')
  await page.goto(new URL('/login', url).href)
  await page.getByLabel(words.userId).press('Enter')
  await page.getByRole('heading', { name: '入力内容に問題が2件あります' }).waitFor()
  await expectFocus(page.locator('#error-summary'))
  await tabTo(
    page,
    page.getByRole('link', {
      name: 'ユーザID(メールアドレス)が入力されていません。ユーザID(メールアドレス)を入力してください。',
    }),
  )
  await page.keyboard.press('Enter')
  await expectFocus(page.getByLabel(words.userId))
  await page.context().close()
})

test('without scripts the summary leads to the field as well', async () => {
  const page = await openPage('ja', { scripts: false })
  await page.goto(new URL('/login', url).href)
  await page.getByRole('button', { name: '次へ進む' }).click()
  await expectFocus(page.locator('#error-summary'))
  await page.getByRole('link', { name: '第1パスワードが入力されていません。第1パスワードを入力してください。' }).click()
  assert.equal(new URL(page.url()).hash, '#field-password')
  await page.keyboard.type('typed here')
  assert.equal(await page.getByLabel('第1パスワード', { exact: true }).inputValue(), 'typed here')
  await page.context().close()
})

test('a password can be looked at, and is hidden again when it is sent', async () => {
  const page = await openPage('ja')
  await page.goto(new URL('/login', url).href)
  const field = page.getByLabel('第1パスワード', { exact: true })
  await field.fill('seen and hidden')
  await page.getByRole('button', { name: '表示する' }).click()
  assert.equal(await field.getAttribute('type'), 'text')
  await page.getByRole('button', { name: '隠す' }).click()
  assert.equal(await field.getAttribute('type'), 'password')
  await page.context().close()

  const plain = await openPage('ja', { scripts: false })
  await plain.goto(new URL('/login', url).href)
  assert.equal(await plain.getByRole('button', { name: '表示する' }).count(), 0)
  await plain.context().close()
})
