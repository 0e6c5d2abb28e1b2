import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { expectHeading, lendSignIn } from '#test/walk.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const site = await openSite(database)
const browser = await openBrowser()
const make = makerOf(database)
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** An administrator before the form of a new user, with twelve groups; and what is posted from there. */
async function openForm(): Promise<{ page: Page; sent: string[] }> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const serviceId = await make.service({ name: 'クラウド電話' })
  await make.contract({ customerId, serviceId })
  for (let at = 1; at <= 12; at++)
    await make.group({
      customerId,
      name: `グループ${String(at).padStart(2, '0')}`,
      rights: [{ serviceId, level: 'view' }],
    })
  const context = await browser.newContext({ locale: 'ja-JP' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await lendSignIn(site, administrator, context)
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
  await page.goto(new URL(paths.addUser, site.url).href)
  return { page, sent }
}

test('with scripts groups move without a reload, are filtered from eleven on, and what they give is told', async () => {
  const { page, sent } = await openForm()
  const [offered, chosen] = [/^ユーザーグループ/, /^所属するユーザーグループ/].map((name) =>
    page.getByRole('group', { name }).last(),
  )
  assert(offered && chosen)
  const filter = page.getByRole('searchbox', { name: 'ユーザーグループを絞り込む', exact: true })
  await filter.fill('０７')
  assert.equal(await offered.getByRole('listitem').count(), 1)
  await page.getByRole('checkbox', { name: 'グループ07' }).check()
  await filter.fill('')
  await page.getByRole('checkbox', { name: 'グループ03' }).check()
  await page.getByRole('button', { name: userLabels.putIn.ja }).click()
  assert.deepEqual(await chosen.getByRole('listitem').allInnerTexts(), ['グループ03', 'グループ07'])
  assert.equal(await offered.getByRole('listitem').count(), 10)
  assert.equal(await filter.isVisible(), false)
  await page.getByText('移動しました。所属するユーザーグループ2件').waitFor({ state: 'attached' })
  await page.getByText('参照のみ', { exact: true }).waitFor()
  await page.locator('.notice-info', { hasText: 'このユーザーができること' }).waitFor()
  await page.getByRole('checkbox', { name: 'グループ03' }).check()
  await page.getByRole('button', { name: userLabels.takeOut.ja }).click()
  assert.deepEqual(await chosen.getByRole('listitem').allInnerTexts(), ['グループ07'])
  assert.equal(await offered.getByRole('listitem').nth(2).innerText(), 'グループ03')
  await page.getByRole('radio', { name: userLabels.portalAdministrator.ja }).check()
  await page.getByText('（ポータル管理者）').waitFor()
  assert.deepEqual(sent, [])
  // What the form sends is what stands there.
  await page.getByLabel(/^名前/).fill('新人 一郎')
  await page.getByRole('button', { name: userLabels.add.ja, exact: true }).click()
  await page.getByRole('link', { name: /^メールアドレスが入力されていません/ }).waitFor()
  assert.deepEqual(await chosen.getByRole('listitem').allInnerTexts(), ['グループ07'])
  await expectHeading(page, userLabels.addPage.ja)
  await page.context().close()
})
