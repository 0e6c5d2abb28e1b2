import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { administratorLabels, menuLabels } from '#sites/frame/guide-labels.ts'
import type { Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood } from '#test/good-page.ts'
import { makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const logo = await sharp({ create: { width: 640, height: 128, channels: 4, background: '#06c' } })
  .png()
  .toBuffer()

const buttons = {
  check: { ja: '確認する', en: 'See how it looks' },
  set: { ja: 'このロゴを設定する', en: 'Set this logo' },
  delete: { ja: '削除する', en: 'Delete' },
}
const file: Phrase = { ja: 'ロゴのファイル', en: 'File of the logo' }

for (const [index, { language, width, colorScheme }] of variants.entries())
  test(`a logo is chosen, looked at, set and deleted, in ${language}, ${width}, ${colorScheme}`, async () => {
    const administrator = await make.user({ role: 'portal-administrator' })
    const { locale } = signInWords[language]
    const context = await browser.newContext({
      locale,
      colorScheme,
      viewport: { width, height: 800 },
      javaScriptEnabled: index > 0,
    })
    await lendSignIn(site, administrator, context)
    const page = await context.newPage()
    const expectPage = (name: string, title: Phrase = administratorLabels.logo): Promise<void> | undefined =>
      // Without scripts nothing in the page can be looked at by axe.
      index > 0 ? expectGood(page, { name, title }, { language }) : undefined
    await page.goto(new URL(paths.administration, site.url).href)
    await page.getByRole('main').getByRole('link', { name: administratorLabels.logo[language] }).click()
    await expectPage('none yet')
    await page
      .getByLabel(file[language])
      .setInputFiles({ name: 'notes.txt', mimeType: 'image/png', buffer: Buffer.from('x') })
    await press(page, buttons.check[language])
    if (index > 0)
      await expectGood(page, { name: 'refused', title: administratorLabels.logo, hasProblems: true }, { language })
    await page.getByLabel(file[language]).setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo })
    await press(page, buttons.check[language])
    await expectPage('to be looked at')
    assert.equal(await page.locator('.logo-preview img').count(), 2)
    await press(page, buttons.set[language])
    await expectPage('set')
    const mark = page.locator('.customer-mark img')
    await expectMark(page, { name: await nameOf(administrator.customerId), isShown: width > 1000 })
    await page.getByRole('main').getByRole('link', { name: buttons.delete[language] }).click()
    await expectPage('to be deleted', { ja: 'コーポレートロゴの削除', en: 'Delete the company logo' })
    await press(page, buttons.delete[language])
    assert.equal(await mark.count(), 0)
    await page.goto(new URL(paths.administration, site.url).href)
    assert((await page.getByRole('main').textContent())?.includes(menuLabels.forAdministrators[language]))
    await context.close()
  })

/** As large as there is room for it; on paper, too. */
async function expectMark(page: Page, { name, isShown }: { name: string; isShown: boolean }): Promise<void> {
  const mark = page.locator('.customer-mark img')
  const told = ['alt', 'width', 'height'].map((one) => mark.getAttribute(one))
  assert.deepEqual(await Promise.all(told), [name, '160', '32'])
  assert.equal(await mark.isVisible(), isShown)
  await page.emulateMedia({ media: 'print' })
  assert(await mark.isVisible())
  await page.emulateMedia({ media: 'screen' })
}

async function press(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('main').getByRole('button', { name }).click()])
}

async function nameOf(customerId: string): Promise<string> {
  const found = await database.operator.transaction((tx) =>
    tx.selectFrom('customer').where('id', '=', customerId).select('name').executeTakeFirstOrThrow(),
  )
  return found.name
}
