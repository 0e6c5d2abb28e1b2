import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { answerTicket } from '#features/tickets/answer.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood } from '#test/good-page.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testSecrets, testUrl } from '#test/portal.ts'
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

const words = {
  ask: { ja: 'このご契約について問い合わせる', en: 'Ask about this contract' },
  title: { ja: 'お問い合わせの作成', en: 'Open an inquiry' },
  ticketTitle: { ja: '件名', en: 'Title' },
  text: { ja: '内容', en: 'Text' },
  files: { ja: '添付ファイル', en: 'Files' },
  open: { ja: '問い合わせる', en: 'Send the inquiry' },
  reply: { ja: '返信する', en: 'Send the reply' },
  solved: { ja: '解決した', en: 'It is solved' },
} satisfies Record<string, Phrase>
const subject = '2階の電話機から発信できません'
const said =
  'きのうの夕方から、2階の電話機だけ発信できません。\n電源を入れ直しても同じです。\n\n症状の画面を添付します。'
const answer =
  'ご連絡ありがとうございます。\n電話機の型番と、電話機の画面に表示されている番号をお知らせください。\n設置の手順は https://example.com/guide をご覧ください。'

for (const [index, { language, width, colorScheme }] of variants.entries())
  test(`an inquiry is opened, answered, replied to and closed, in ${language}, ${width}, ${colorScheme}`, async () => {
    const { user, contractId } = await makeWorld()
    const context = await browser.newContext({
      locale: signInWords[language].locale,
      colorScheme,
      viewport: { width, height: 800 },
      javaScriptEnabled: index === 0,
    })
    await lendSignIn(site, user, context)
    const page = await context.newPage()
    // Without scripts nothing in the page can be looked at by axe.
    const expectPage = (name: string, title: Phrase | string): Promise<void> | undefined =>
      index > 0
        ? undefined
        : expectGood(page, { name, title: typeof title === 'string' ? { ja: title, en: title } : title }, { language })
    await page.goto(new URL(paths.contract({ id: contractId }), site.url).href)
    await page.getByRole('main').getByRole('link', { name: words.ask[language] }).click()
    await expectPage('a new inquiry', words.title)
    await press(page, words.open[language])
    assert(await page.locator('#error-summary').isVisible())
    await fillIn(page, language)
    await press(page, words.open[language])
    await expectPage('received', subject)
    await answerAsStaff(user.customerId, page.url())
    await page.reload()
    await expectPage('waiting', subject)
    await page.locator('#field-text').fill('型番はX-100、番号は42です。')
    await press(page, words.reply[language])
    await expectPage('open again', subject)
    await press(page, words.solved[language])
    await expectPage('closed', subject)
    assert.equal(await page.locator('.talk > li').count(), 4)
    const picture = page.locator('.talk-picture img')
    await picture.scrollIntoViewIfNeeded()
    assert.deepEqual(
      [await picture.getAttribute('width'), await picture.getAttribute('alt')],
      ['320', '電話機の画面.png'],
    )
    await context.close()
  })

/** Asks the customer something about the ticket at an address. */
async function answerAsStaff(customerId: string, address: string): Promise<void> {
  const id = /[0-9a-f-]{36}/.exec(address)?.[0] ?? assert.fail(address)
  const staff = { secrets: testSecrets, portalUrl: testUrl, by: { id: null, name: '試験通信（S-0001）' } }
  await database.operator.transaction((tx) =>
    answerTicket({ ...staff, tx, now: new Date(), customer: { id: customerId } }, id, {
      text: answer,
      files: [],
      state: 'waiting-for-customer',
      version: 2,
    }),
  )
}

/** Writes what is wrong, and attaches a picture and a text. */
async function fillIn(page: Page, language: Language): Promise<void> {
  await page.getByLabel(words.ticketTitle[language], { exact: false }).first().fill(subject)
  await page.locator('#field-text').fill(said)
  const blue = { width: 640, height: 360, channels: 3 as const, background: '#06c' }
  await page.locator('#field-files').setInputFiles([
    { name: '電話機の画面.png', mimeType: 'image/png', buffer: await sharp({ create: blue }).png().toBuffer() },
    { name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('08:00 no answer\n') },
  ])
}

/** A customer with a contract that has a fault, and somebody who may edit it. */
async function makeWorld(): Promise<{ user: MadeUser; contractId: string }> {
  const user = await make.user()
  const { customerId } = user
  const contractId = await make.contract({ customerId, serviceId: await make.service({ name: 'クラウドPBX' }) })
  await make.group({ customerId, rights: [{ contractId, level: 'edit' }], members: [user.id] })
  await make.fault({ customerId, contractId })
  await database.operator.transaction((tx) =>
    tx.updateTable('contract').set({ status: 'fault' }).where('id', '=', contractId).execute(),
  )
  return { user, contractId }
}

async function press(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('main').getByRole('button', { name }).click()])
}
