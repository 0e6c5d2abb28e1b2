import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

let reader: MadeUser
let newcomer: MadeUser

before(async () => {
  newcomer = await make.user()
  reader = await make.user()
  const { customerId } = reader
  const serviceId = await make.service({ name: 'クラウドPBX' })
  await make.contract({ customerId, serviceId })
  await make.group({ customerId, members: [reader.id], rights: [{ level: 'view' }] })
  const long = 'ご利用いただいている皆さまへの大切なお知らせとご案内'
  await database.operator.transaction(async (tx) => {
    await sql`
      insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
      select ${customerId}, 'n-' || n, (enum_range(null::notice_kind))[1 + n % 2], ${long}, 'Important news', 'https://www.example.com/' || repeat('x', 300), 'text', now() - n * interval '40 days'
      from generate_series(1, 25) n`.execute(tx)
    await sql`
      insert into manual (code, service_id, title_ja, title_en, url, updated_on)
      values ('m-1', ${serviceId}, ${long}, 'A guide', 'https://www.example.com/1', '2026-11-01'),
        ('m-2', null, '手引き', 'Another', 'https://www.example.com/2', '2025-11-01')`.execute(tx)
    await sql`
      insert into recommendation (code, position, service_id, for_services, title_ja, title_en, text_ja, text_en, url)
      values ('r-1', 1, ${serviceId}, ${[serviceId]}::uuid[], ${long}, 'Recording', ${long}, 'Text', 'https://www.example.com/3')`.execute(
      tx,
    )
    await sql`
      insert into blocked_traffic (customer_id, day, service_id, subject_id, kind_ja, kind_en, count)
      select ${customerId}, current_date - n, ${serviceId}::uuid, ${serviceId}::uuid, kind, 'Unauthorised access', 1234567
      from generate_series(1, 25) n, unnest('{不正アクセス,マルウェアの通信}'::text[]) kind`.execute(tx)
  })
})

const open = ['/notices', '/notices?q=nothing', '/manuals', '/recommendations', '/threat-blocking', '/feedback']

for (const { language, width, colorScheme } of variants)
  for (const who of ['reader', 'newcomer'] as const)
    test(`what the operator tells a ${who}, in ${language}, ${width}, ${colorScheme}`, async () => {
      const { locale } = signInWords[language]
      const context = await browser.newContext({ locale, viewport: { width, height: 800 }, colorScheme })
      await lendSignIn(site, who === 'reader' ? reader : newcomer, context)
      const page = await context.newPage()
      const expectGood = async (): Promise<void> => {
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, page.url())
        await expectNoAxeFindings(page)
        await expectNothingWiderThan(page, 320)
      }
      for (const path of open) {
        await page.goto(new URL(path, site.url).href)
        await expectGood()
      }
      // The form without a text comes back with what is wrong.
      await page.locator('main form .button').last().click()
      await page.waitForSelector('#error-summary')
      await expectGood()
      if (who === 'reader') {
        await page.goto(new URL('/notices', site.url).href)
        await page.locator('main table a').first().click()
        await page.waitForURL(/notices\/./)
        await expectGood()
      }
      await context.close()
    })

test('without a script, all news is marked as read and feedback is given', async () => {
  const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false })
  await lendSignIn(site, reader, context)
  const page = await context.newPage()
  await page.goto(new URL('/notices', site.url).href)
  assert((await page.locator('main').getByText('未読', { exact: true }).count()) > 0)
  await page.getByRole('button', { name: 'すべて既読にする' }).click()
  await page.getByText('すべて既読にしました。').waitFor()
  assert.equal(await page.locator('main').getByText('未読', { exact: true }).count(), 0)
  await page.getByRole('link', { name: 'このページに対するご意見' }).click()
  await page.getByRole('radio', { name: '困った' }).check()
  await page.getByRole('textbox', { name: 'ご意見' }).fill('字が小さいです')
  await page.getByRole('button', { name: 'ご意見を届ける' }).click()
  await page.waitForURL(/\/notices$/)
  await page.getByText('ご意見をありがとうございました。').waitFor()
  await context.close()
})
